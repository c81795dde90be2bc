namespace Durable.Storage;

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

/// <summary>What became of a commit.</summary>
public enum CommitResult
{
    /// <summary>Everything is stored.</summary>
    Committed = 0,

    /// <summary>Nothing is stored: the run is no longer running with that epoch.</summary>
    Fenced = 1,
}
