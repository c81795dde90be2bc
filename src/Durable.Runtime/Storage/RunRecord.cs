namespace Durable.Storage;

/// <summary>A run as stored.</summary>
public sealed record RunRecord
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The workflow.</summary>
    public required WorkflowIdentity Workflow { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Raised by each claim. Before the first: 0, or the highest epoch of the runs that were purged until then.</summary>
    public required long Epoch { get; init; }

    /// <summary>Which attempt of the run this is, counted from 1; raised by each resume, and by each attempt that the workflow's own policy grants.</summary>
    public required int Attempt { get; init; }

    /// <summary>The arguments.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The fingerprint of the arguments.</summary>
    public required long Fingerprint { get; init; }

    /// <summary>The highest sequence among the run's checkpoints, cleared ones included; 0 for none.</summary>
    public required long LastSequence { get; init; }

    /// <summary>True after a resume that accepts divergence, until the next transition other than a release.</summary>
    public bool AcceptDivergence { get; init; }

    /// <summary>The result of a completed run; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>Why the run failed, is quarantined or was terminated, encoded by the engine; empty when there is nothing.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>When the run was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a suspended run is due, by the store's clock; null for any other.</summary>
    public DateTimeOffset? WakesAt { get; init; }

    /// <summary>The time of the claim, by the store's clock, on a record that a claim returned; null on all others. It is not stored: it tells the claimer how far off the times are that are.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When the run reached a final status or was quarantined; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The encoded error that says why the run is to be canceled; empty when nobody asked for that. Stays when the run ends, until a resume.</summary>
    public ReadOnlyMemory<byte> Cancellation { get; init; }

    /// <summary>When the run has taken as long as it may (<see cref="NewRun.Timeout"/>), by the store's clock; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>
    /// How many claims in a row, the last one included, took the run over from a holder whose lease had passed and that had stored no checkpoint of it since its own claim.
    /// A holder that stored one and then lost the run counts as the first. A claim of a run that was let go of changes nothing when nothing was stored since the last claim, and starts from 0 otherwise; a resume sets it to 0.
    /// </summary>
    public int Takeovers { get; init; }

    /// <summary>True when the run has ended and must not be resumed: part of it was undone, or it was terminated.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The last position that was given out in the run's inbox; 0 for none.</summary>
    public long LastMessage { get; init; }

    /// <summary>How often the run went on from its beginning (<see cref="ContinuedRun"/>); 0 for never. Its checkpoints are those since then.</summary>
    public int Generation { get; init; }

    /// <summary>When the run last went on from its beginning, by the store's clock; null for never.</summary>
    public DateTimeOffset? ContinuedAt { get; init; }

    /// <summary>How many of its checkpoints were removed (<see cref="RunEffects.Dropped"/>).</summary>
    public long Dropped { get; init; }

    /// <summary>The run that started it; null for a run that a client started.</summary>
    public RunParent? Parent { get; init; }

    /// <summary>What the run says of itself; null for nothing.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Who holds the run, or held it last; null before the first claim.</summary>
    public string? Worker { get; init; }
}
