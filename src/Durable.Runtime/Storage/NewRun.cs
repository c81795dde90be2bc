namespace Durable.Storage;

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

    /// <summary>How long the run may take, from its creation on; null for no limit, not negative. The store keeps when that is over (<see cref="RunRecord.Deadline"/>); to act on it is the engine's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What the run begins with: checkpoints of another run, sequences ascending. Empty for a run that begins at its beginning.</summary>
    public IReadOnlyList<CheckpointRecord> Checkpoints { get; init; } = [];
}

/// <summary>What <see cref="IRunStore.CreateRunAsync"/> found or made.</summary>
/// <param name="Created">True when the run is new.</param>
/// <param name="Run">The run as it stands.</param>
public sealed record CreateRunResult(bool Created, RunRecord Run);
