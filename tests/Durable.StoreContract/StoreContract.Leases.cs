namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R401_A_renewed_lease_holds_from_the_renewal_on()
    {
        var held = await HoldAsync();
        Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await RenewAsync(held));
        Clock.Advance(Lease - TimeSpan.FromSeconds(1));

        Assert.Empty(await ClaimAsync(worker: "w2"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R402_A_renewal_returns_the_leases_that_are_lost_and_renews_the_others()
    {
        await CreateAsync("lost");
        await CreateAsync("ended");
        await CreateAsync("kept");
        var held = (await ClaimAsync()).ToDictionary(run => run.RunId);
        await LetGoAsync(held["ended"], RunStatus.Completed);
        await LetGoAsync(held["lost"], RunStatus.Pending);
        await ClaimAsync(worker: "w2");
        Clock.Advance(Lease - TimeSpan.FromSeconds(1));

        var lost = await RenewAsync(held["lost"], held["ended"], held["kept"]);

        Assert.Equal([new RunLease("lost", 1), new RunLease("ended", 1)], lost);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["lost"], (await ClaimAsync(worker: "w3")).Select(run => run.RunId));
    }

    [Fact]
    public async Task R403_The_lease_of_an_unknown_run_is_lost()
        => Assert.Equal(
            [new RunLease("nobody", 1)],
            await Store.RenewLeasesAsync(new LeaseRenewal([new RunLease("nobody", 1)], Lease), default));

    [Fact]
    public async Task R404_A_lease_that_passed_unclaimed_can_still_be_renewed()
    {
        var held = await HoldAsync();
        Clock.Advance(Lease * 2);

        Assert.Empty(await RenewAsync(held));
        Assert.Empty(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R405_A_renewal_does_not_raise_the_epoch()
    {
        var held = await HoldAsync();
        await RenewAsync(held);

        Assert.Equal(held.Epoch, (await FindAsync()).Epoch);
    }

    private async Task<IReadOnlyList<RunLease>> RenewAsync(params RunRecord[] held)
        => await Store.RenewLeasesAsync(new LeaseRenewal([.. held.Select(run => new RunLease(run.RunId, run.Epoch))], Lease), default);
}
