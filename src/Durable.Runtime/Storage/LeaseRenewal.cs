namespace Durable.Storage;

/// <summary>One run's hold.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Epoch">The epoch of the claim.</param>
public readonly record struct RunLease(string RunId, long Epoch);

/// <summary>A worker renews its leases.</summary>
/// <param name="Leases">The holds.</param>
/// <param name="Lease">How long they hold from now, by the store's clock.</param>
public sealed record LeaseRenewal(IReadOnlyList<RunLease> Leases, TimeSpan Lease);

/// <summary>What became of leases that were to be renewed.</summary>
/// <param name="Lost">Those whose holder has lost them, in the order given.</param>
/// <param name="CancelRequested">Those that were renewed, and whose run's cancellation was requested, in the order given.</param>
public sealed record RenewedLeases(IReadOnlyList<RunLease> Lost, IReadOnlyList<RunLease> CancelRequested)
{
    /// <summary>Those that were renewed and whose run has been sent a message, with <see cref="RunRecord.LastMessage"/>, in the order given.</summary>
    public IReadOnlyList<(RunLease Lease, long LastMessage)> Messages { get; init; } = [];
}
