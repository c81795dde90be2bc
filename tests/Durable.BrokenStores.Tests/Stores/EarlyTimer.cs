namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Lets leases pass early.</summary>
internal sealed class EarlyTimer(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        => Inner.ClaimRunsAsync(request with { Lease = Early(request.Lease) }, cancellationToken);

    public override ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        => Inner.RenewLeasesAsync(renewal with { Lease = Early(renewal.Lease) }, cancellationToken);

    private static TimeSpan Early(TimeSpan lease) => lease * 0.9;
}
