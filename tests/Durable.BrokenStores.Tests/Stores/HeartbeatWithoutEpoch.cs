namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Renews the lease of a run for whoever asks, whatever epoch he holds.</summary>
internal sealed class HeartbeatWithoutEpoch(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        var asked = new List<(RunLease Given, RunLease Current)>();
        foreach (var lease in renewal.Leases)
            asked.Add((lease, lease with { Epoch = (await Inner.FindRunAsync(lease.RunId, cancellationToken))?.Epoch ?? lease.Epoch }));
        var renewed = await Inner.RenewLeasesAsync(renewal with { Leases = [.. asked.Select(pair => pair.Current)] }, cancellationToken);
        return new RenewedLeases(Given(renewed.Lost), Given(renewed.CancelRequested));

        IReadOnlyList<RunLease> Given(IReadOnlyList<RunLease> answered) => [.. asked.Where(pair => answered.Contains(pair.Current)).Select(pair => pair.Given)];
    }
}
