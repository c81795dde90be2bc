namespace Durable.Execution;

/// <summary>What came of an attempt, before it is stored.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Attempt">Which one it was, counted from 1.</param>
/// <param name="StartedAt">When the body started.</param>
/// <param name="CompletedAt">When it ended.</param>
internal readonly record struct StepOutcome(CheckpointStatus Status, int Attempt, DateTimeOffset StartedAt, DateTimeOffset CompletedAt)
{
    public ReadOnlyMemory<byte> Arguments { get; init; }

    public ReadOnlyMemory<byte> Result { get; init; }

    public ErrorInfo? Error { get; init; }

    /// <summary>How long the next attempt waits; null when there is none.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>True when no attempt follows: this is the outcome of the step.</summary>
    public bool IsFinal => Wait is null;
}
