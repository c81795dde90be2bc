namespace Durable.Testing.Crashes;

/// <summary>How a run ended when no host died.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Its status.</param>
/// <param name="Result">Its result as JSON; empty when there is none.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Checkpoints">The step ids of its checkpoints in order, without those that were cleared.</param>
/// <param name="Bodies">How often the body of each step ran, by step id.</param>
public sealed record CrashOutcome(string RunId, RunStatus Status, string Result, ErrorInfo? Error, IReadOnlyList<string> Checkpoints, IReadOnlyDictionary<string, int> Bodies);
