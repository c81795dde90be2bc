namespace Durable.Storage;

/// <summary>An operator decides what becomes of a step, and lets its run go on. Conditional on the run standing where the operator saw it.</summary>
public sealed record StepDecision
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's epoch as it was read; each claim raises it.</summary>
    public required long Epoch { get; init; }

    /// <summary>The run's attempt as it was read; each resume raises it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Sequences of stored checkpoints that become <see cref="CheckpointStatus.Cleared"/>.</summary>
    public IReadOnlyList<long> Cleared { get; init; } = [];

    /// <summary>What takes the place of the stored checkpoint of its sequence, or is added where its sequence is above the run's last; null for nothing. It has no wait.</summary>
    public CheckpointRecord? Outcome { get; init; }
}
