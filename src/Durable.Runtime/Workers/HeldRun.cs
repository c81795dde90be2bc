using Durable.Execution;
using Durable.Storage;

namespace Durable.Workers;

/// <summary>A run that this worker holds, and how long that is certain.</summary>
internal sealed class HeldRun(Incarnation incarnation, LeaseDeadline deadline)
{
    public Incarnation Incarnation { get; } = incarnation;

    public RunLease Lease => Incarnation.Lease;

    /// <summary>True for a run that executes alone.</summary>
    public bool IsSuspected { get; init; }

    /// <summary>Completes when the incarnation is over.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public LeaseDeadline Deadline { get; } = deadline;

    public bool WatchdogReported { get; set; }
}
