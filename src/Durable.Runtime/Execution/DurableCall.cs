using Durable.Storage;

namespace Durable.Execution;

/// <summary>A durable call of workflow code that has not been delivered yet.</summary>
internal abstract class DurableCall(RunDriver driver, string id, long fingerprint) : IThreadPoolWorkItem
{
    public RunDriver Driver { get; } = driver;

    /// <summary>The full step id.</summary>
    public string Id { get; } = id;

    public long Fingerprint { get; } = fingerprint;

    public CheckpointKind Kind => CheckpointKind.Step;

    /// <summary>Hands the outcome to the code that waits for it.</summary>
    /// <exception cref="PayloadException">The stored result cannot be read.</exception>
    public abstract void Deliver(CheckpointRecord record);

    /// <summary>Starts the body; called once, on the engine's scheduler, for a call without checkpoint.</summary>
    public abstract void Execute();
}
