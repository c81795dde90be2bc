namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Tells of a cancellation only whoever holds the run when it is asked for: who takes the run over, after a crash for one, does not learn of it.</summary>
internal sealed class ForgottenCancellation(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        => [.. (await Inner.ClaimRunsAsync(request, cancellationToken)).Select(run => run with { Cancellation = default })];

    public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        => await Inner.RenewLeasesAsync(renewal, cancellationToken) with { CancelRequested = [] };
}
