namespace Durable.Execution;

/// <summary>Where a run's workflow code runs: one continuation at a time, in the order in which they were posted.</summary>
internal sealed class RunSynchronizationContext(RunDriver driver) : SynchronizationContext
{
    public RunDriver Driver { get; } = driver;

    public override void Post(SendOrPostCallback d, object? state) => Driver.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!ReferenceEquals(Current, this))
            throw new NotSupportedException("Workflow code runs when its run is due; nothing can wait for it from outside. Use Post, or a step.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
