namespace Durable.Analyzers.Tests.Robustness;

/// <summary>A text with workflows or steps.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Text">The text.</param>
internal sealed record Source(string Name, string Text);
