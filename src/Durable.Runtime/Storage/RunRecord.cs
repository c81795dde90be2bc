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

    /// <summary>Who holds the run, or held it last; null before the first claim.</summary>
    public string? Worker { get; init; }
}
