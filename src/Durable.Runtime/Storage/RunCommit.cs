namespace Durable.Storage;

/// <summary>One run's write: conditional on its epoch, all or nothing.</summary>
public sealed record RunCommit
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The epoch of the claim that writes.</summary>
    public required long Epoch { get; init; }

    /// <summary>The run's last sequence as the writer knows it; null where it does not say. A store that has lost some of what came before throws, instead of writing behind the gap.</summary>
    public long? LastSequence { get; init; }

    /// <summary>True when the writer knows that the run's cancellation was requested, and acts on it.</summary>
    public bool KnowsCancellation { get; init; }

    /// <summary>New checkpoints, sequences ascending, each above the run's last.</summary>
    public IReadOnlyList<CheckpointRecord> Checkpoints { get; init; } = [];

    /// <summary>Sequences of stored checkpoints that become <see cref="CheckpointStatus.Cleared"/>.</summary>
    public IReadOnlyList<long> Cleared { get; init; } = [];

    /// <summary>What is done besides; null for nothing, which is what nearly every commit has.</summary>
    public RunEffects? Effects { get; init; }

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

    /// <summary>Nothing is stored: the run's cancellation was requested, which the writer does not know (<see cref="RunCommit.KnowsCancellation"/>). The run is held as before; it may write again, knowing it.</summary>
    CancelRequested = 2,
}
