namespace Durable.Storage;

/// <summary>How a worker lets go of a run.</summary>
public sealed record RunTransition
{
    /// <summary>The status from now on: a final one, <see cref="RunStatus.Quarantined"/>, <see cref="RunStatus.Suspended"/>, or <see cref="RunStatus.Pending"/> to release the run to any worker at once.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>How long a suspended run is left alone, from the commit on, by the store's clock. For <see cref="RunStatus.Suspended"/> only, where it may be null if <see cref="AwaitsMessagesAfter"/> is not; not negative.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>
    /// Of a suspended run that a message wakes: the last position of its inbox that the writer knows, 0 for none. Where the inbox has a message beyond it by now, the run is released instead. Null for a run that no message wakes.
    /// </summary>
    public long? AwaitsMessagesAfter { get; init; }

    /// <summary>How the run goes on from its beginning; only with <see cref="RunStatus.Pending"/>. Null otherwise.</summary>
    public ContinuedRun? Continuation { get; init; }

    /// <summary>True where the run's code failed and runs again after the suspension, or after the release that takes its place: the failing set is cleared and <see cref="RunRecord.Attempt"/> raised at once, as a resume does. False for every other status.</summary>
    public bool IsNextAttempt { get; init; }

    /// <summary>The result of a completed run.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The encoded error of a failed or quarantined run.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>True where a run that failed or was canceled must not be resumed, because part of it was undone. False for every other status.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The failing set: sequences that a resume clears. Those that are not stored are passed over. A release has none, and a suspension only with <see cref="IsNextAttempt"/>.</summary>
    public IReadOnlyList<long> FailingSet { get; init; } = [];
}
