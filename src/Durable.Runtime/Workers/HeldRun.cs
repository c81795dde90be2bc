using Durable.Execution;
using Durable.Storage;

namespace Durable.Workers;

/// <summary>A run that this worker holds, and since when for certain.</summary>
internal sealed class HeldRun(Incarnation incarnation, long confirmedAt)
{
    private long _confirmedAt = confirmedAt;

    public Incarnation Incarnation { get; } = incarnation;

    public RunLease Lease => Incarnation.Lease;

    /// <summary>Completes when the incarnation is over.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    /// <summary>When the request left that last claimed or renewed the lease, as a timestamp: the lease has held at least from then.</summary>
    public long ConfirmedAt
    {
        get => Volatile.Read(ref _confirmedAt);
        set => Volatile.Write(ref _confirmedAt, value);
    }

    public bool WatchdogReported { get; set; }
}
