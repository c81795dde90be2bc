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
}

/// <summary>What <see cref="IRunStore.CreateRunAsync"/> found or made.</summary>
/// <param name="Created">True when the run is new.</param>
/// <param name="Run">The run as it stands.</param>
public sealed record CreateRunResult(bool Created, RunRecord Run);
