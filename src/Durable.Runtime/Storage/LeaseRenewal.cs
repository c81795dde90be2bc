namespace Durable.Storage;

/// <summary>One run's hold.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Epoch">The epoch of the claim.</param>
public readonly record struct RunLease(string RunId, long Epoch);

/// <summary>A worker renews its leases.</summary>
/// <param name="Leases">The holds.</param>
/// <param name="Lease">How long they hold from now, by the store's clock.</param>
public sealed record LeaseRenewal(IReadOnlyList<RunLease> Leases, TimeSpan Lease);
