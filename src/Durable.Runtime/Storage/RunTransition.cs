namespace Durable.Storage;

/// <summary>How a worker lets go of a run.</summary>
public sealed record RunTransition
{
    /// <summary>The status from now on: a final one, <see cref="RunStatus.Quarantined"/>, or <see cref="RunStatus.Pending"/> to release the run to any worker at once.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The result of a completed run.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The encoded error of a failed or quarantined run.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>The failing set: sequences that a resume clears. Those that are not stored are passed over. A release has none.</summary>
    public IReadOnlyList<long> FailingSet { get; init; } = [];
}
