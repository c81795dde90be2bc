namespace Durable.Storage;

/// <summary>An operator ends a run at once.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Error">The encoded reason, which takes the place of the run's error; empty for none.</param>
public sealed record TerminateRequest(string RunId, ReadOnlyMemory<byte> Error);
