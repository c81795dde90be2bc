namespace Acme.Notices;

/// <summary>Several notices: a collection of its own kind, which Durable stores by the context of whoever takes it.</summary>
public sealed class Bundle : List<Notice>;
