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
            (await Store.RenewLeasesAsync(new LeaseRenewal([new RunLease("nobody", 1)], Lease), default)).Lost);

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

    [Fact]
    public async Task R406_A_renewal_may_make_a_lease_shorter()
    {
        var held = await HoldAsync();

        Assert.Empty((await Store.RenewLeasesAsync(new LeaseRenewal([new RunLease("run", held.Epoch)], TimeSpan.FromSeconds(1)), default)).Lost);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R407_A_renewal_with_another_epoch_leaves_the_lease_as_it_is()
    {
        var late = await HoldAsync();
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");
        Clock.Advance(Lease - TimeSpan.FromSeconds(1));

        Assert.Single(await RenewAsync(late));
        Assert.Single(await RenewAsync(late with { Epoch = 3 }));

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ClaimAsync(worker: "w3"));
    }

    [Fact]
    public async Task R408_A_renewal_of_nothing_loses_nothing() => Assert.Empty(await RenewAsync());

    [Fact]
    public async Task R409_Lost_leases_come_back_in_the_order_given()
    {
        RunLease[] leases = [new("c", 1), new("a", 2), new("b", 1), new("a", 1)];

        Assert.Equal(leases, (await Store.RenewLeasesAsync(new LeaseRenewal(leases, Lease), default)).Lost);
    }

    [Fact]
    public async Task R410_A_renewal_changes_nothing_that_is_read()
    {
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RenewAsync(held);

        Assert.Equal(WithoutBytes(held with { ClaimedAt = null }), WithoutBytes(await FindAsync()));
    }

    [Fact]
    public async Task R411_A_commit_does_not_renew_the_lease()
    {
        var held = await HoldAsync();
        Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        await CommitStepAsync(held, 1);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R412_Each_claim_has_the_lease_that_it_asked_for()
    {
        await CreateAsync("short");
        await Store.ClaimRunsAsync(new ClaimRequest { Worker = "w1", Max = 1, Lease = TimeSpan.FromSeconds(5), Workflows = [Order] }, default);
        await CreateAsync("long");
        await Store.ClaimRunsAsync(new ClaimRequest { Worker = "w1", Max = 1, Lease = TimeSpan.FromSeconds(10), Workflows = [Order] }, default);

        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["short"], Ids(await ClaimAsync(worker: "w2")));
    }
}
