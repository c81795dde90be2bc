namespace Acme.Notices;

/// <summary>Something to tell.</summary>
public sealed record Notice(string Topic, string Text);
