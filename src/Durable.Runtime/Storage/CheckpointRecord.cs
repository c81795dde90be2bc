namespace Durable.Storage;

/// <summary>A checkpoint as stored.</summary>
public sealed record CheckpointRecord
{
    /// <summary>Position in the run's history, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The full step id.</summary>
    public required string StepId { get; init; }

    /// <summary>What was recorded.</summary>
    public required CheckpointKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required CheckpointStatus Status { get; init; }

    /// <summary>The attempt that led to the outcome, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The epoch that executed it.</summary>
    public required long Epoch { get; init; }

    /// <summary>The fingerprint of the arguments.</summary>
    public required long Fingerprint { get; init; }

    /// <summary>The build that wrote it; at most 100 characters.</summary>
    public required string BuildId { get; init; }

    /// <summary>When the body started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the body ended.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>How long what is announced waits, from the commit on, by the store's clock: the next attempt of a step. Null where nothing is announced; not negative.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>When what is announced is due, by the store's clock. The store sets it when it stores a checkpoint with <see cref="Wait"/>, whatever it was given; null for others.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The arguments, when recorded.</summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>The result.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The encoded error.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }
}
