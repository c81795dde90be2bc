namespace Durable.Storage;

/// <summary>An operator lets a run go on.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AcceptDivergence">True to go on although recorded checkpoints are no longer asked for.</param>
public sealed record ResumeRequest(string RunId, bool AcceptDivergence);
