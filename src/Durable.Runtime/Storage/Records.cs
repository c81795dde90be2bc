namespace Durable.Storage;

/// <summary>A workflow by name and version.</summary>
/// <param name="Name">The workflow's name.</param>
/// <param name="Version">The version of the code.</param>
public readonly record struct WorkflowIdentity(string Name, int Version);

/// <summary>A run to be created.</summary>
public sealed record NewRun
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The workflow.</summary>
    public required WorkflowIdentity Workflow { get; init; }

    /// <summary>The arguments.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The fingerprint of the arguments.</summary>
    public required long Fingerprint { get; init; }
}

/// <summary>What <see cref="IRunStore.CreateRunAsync"/> found or made.</summary>
/// <param name="Created">True when the run is new.</param>
/// <param name="Run">The run as it stands.</param>
public sealed record CreateRunResult(bool Created, RunRecord Run);

/// <summary>A run as stored.</summary>
public sealed record RunRecord
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The workflow.</summary>
    public required WorkflowIdentity Workflow { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Raised by each claim; 0 before the first.</summary>
    public required long Epoch { get; init; }

    /// <summary>Which attempt of the run this is, counted from 1; raised by each resume.</summary>
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

    /// <summary>Why the run failed or is quarantined, encoded by the engine; empty when there is nothing.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>When the run was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the run reached a final status or was quarantined; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who holds the run, or held it last; null before the first claim.</summary>
    public string? Worker { get; init; }
}

/// <summary>A worker asks for runs.</summary>
public sealed record ClaimRequest
{
    /// <summary>Who asks.</summary>
    public required string Worker { get; init; }

    /// <summary>How many runs at most.</summary>
    public required int Max { get; init; }

    /// <summary>How long the lease holds from now, by the store's clock.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>The workflows that the worker knows.</summary>
    public required IReadOnlyCollection<WorkflowIdentity> Workflows { get; init; }
}

/// <summary>One run's hold.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Epoch">The epoch of the claim.</param>
public readonly record struct RunLease(string RunId, long Epoch);

/// <summary>A worker renews its leases.</summary>
/// <param name="Leases">The holds.</param>
/// <param name="Lease">How long they hold from now, by the store's clock.</param>
public sealed record LeaseRenewal(IReadOnlyList<RunLease> Leases, TimeSpan Lease);

/// <summary>One run's write: conditional on its epoch, all or nothing.</summary>
public sealed record RunCommit
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The epoch of the claim that writes.</summary>
    public required long Epoch { get; init; }

    /// <summary>New checkpoints, sequences ascending, each above the run's last.</summary>
    public IReadOnlyList<CheckpointRecord> Checkpoints { get; init; } = [];

    /// <summary>Sequences of stored checkpoints that become <see cref="CheckpointStatus.Cleared"/>.</summary>
    public IReadOnlyList<long> Cleared { get; init; } = [];

    /// <summary>How the worker lets go of the run; null while it goes on.</summary>
    public RunTransition? Transition { get; init; }
}

/// <summary>How a worker lets go of a run.</summary>
public sealed record RunTransition
{
    /// <summary>The status from now on: a final one, <see cref="RunStatus.Quarantined"/>, or <see cref="RunStatus.Pending"/> to release the run to any worker at once.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The result of a completed run.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The encoded error of a failed or quarantined run.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>The failing set: sequences that a resume clears.</summary>
    public IReadOnlyList<long> FailingSet { get; init; } = [];
}

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

    /// <summary>The arguments, when recorded.</summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>The result.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The encoded error.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }
}

/// <summary>What became of a commit.</summary>
public enum CommitResult
{
    /// <summary>Everything is stored.</summary>
    Committed = 0,

    /// <summary>Nothing is stored: the run is no longer running with that epoch.</summary>
    Fenced = 1,
}

/// <summary>An operator lets a run go on.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AcceptDivergence">True to go on although recorded checkpoints are no longer asked for.</param>
public sealed record ResumeRequest(string RunId, bool AcceptDivergence);

/// <summary>How many runs of a workflow have a status.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Status">The status.</param>
/// <param name="Count">How many.</param>
public sealed record RunCount(WorkflowIdentity Workflow, RunStatus Status, long Count);
