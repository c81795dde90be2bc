namespace Durable;

/// <summary>The stored outcome of one durable call of a run, as <see cref="RunHandle.GetCheckpointsAsync"/> reports it.</summary>
public sealed record Checkpoint
{
    /// <summary>Position in the run's history; completions are delivered to the code in this order.</summary>
    public required long Sequence { get; init; }

    /// <summary>The full step id: <c>scope/name[key]#ordinal</c>.</summary>
    public required string StepId { get; init; }

    /// <summary>The scope's path; empty for the root.</summary>
    public required string Scope { get; init; }

    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>The key, or null. Long keys appear as their SHA-256 hash.</summary>
    public required string? Key { get; init; }

    /// <summary>Which call of this scope, name and key it was, counted from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>What was recorded.</summary>
    public required CheckpointKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required CheckpointStatus Status { get; init; }

    /// <summary>The attempt that led to the outcome, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The incarnation (epoch) that executed it. Incarnations with a higher epoch replayed it.</summary>
    public required long Epoch { get; init; }

    /// <summary>When the body started, by the worker's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the body ended, by the worker's clock.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Of a failed attempt that another follows: when that one is due, by the store's clock; otherwise null.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The arguments as UTF-8 JSON when <see cref="DurableOptions.RecordArguments"/> was on, otherwise empty. What is marked <see cref="SensitiveAttribute"/> was masked when they were recorded. As stored where they cannot be decoded (<see cref="IPayloadCodec"/>).</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>The result as it is stored, UTF-8 JSON; empty when there is none. It is what replay reads: what is marked <see cref="SensitiveAttribute"/> is not masked in it. As stored where it cannot be decoded (<see cref="IPayloadCodec"/>).</summary>
    public required ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The error of a failed step; otherwise null.</summary>
    public required ErrorInfo? Error { get; init; }
}
