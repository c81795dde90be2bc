using System.Diagnostics;

namespace Durable.Execution;

/// <summary>Until when a hold on a run may be relied on, by the worker's own monotonic clock: for two thirds of the lease from the last request that certainly claimed or renewed it.</summary>
/// <param name="time">The worker's clock.</param>
/// <param name="lease">How long a lease holds now.</param>
/// <param name="confirmedAt">When the claim was asked for, as a timestamp.</param>
internal sealed class LeaseDeadline(TimeProvider time, Func<TimeSpan> lease, long confirmedAt)
{
    private long _confirmedAt = confirmedAt;

    /// <summary>What is left; negative when it has passed.</summary>
    public TimeSpan Left => lease() * 2 / 3 - time.GetElapsedTime(Volatile.Read(ref _confirmedAt));

    /// <summary>True when another worker may hold the run by now. Someone who debugs holds up everything: then only the store's lease decides.</summary>
    public bool HasPassed => Left <= TimeSpan.Zero && !Debugger.IsAttached;

    /// <summary>The lease was renewed.</summary>
    /// <param name="askedAt">When the request left, as a timestamp: the lease has held at least from then.</param>
    public void Renewed(long askedAt) => Volatile.Write(ref _confirmedAt, askedAt);
}
