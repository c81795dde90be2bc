namespace Durable.Storage.Contract;

/// <summary>Clocks that stand, run, are set back; times as they are kept.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R1201_The_stores_times_are_kept_to_the_tick()
    {
        Clock.Advance(TimeSpan.FromTicks(1));
        var created = Clock.GetUtcNow();
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromTicks(1));
        await LetGoAsync(held, RunStatus.Completed);

        var run = await FindAsync();

        Assert.Equal((created, created.AddTicks(1)), (run.CreatedAt, run.EndedAt!.Value));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (run.CreatedAt.Offset, run.EndedAt.Value.Offset));
    }

    [Fact]
    public async Task R1202_Times_with_another_offset_come_back_as_the_same_instant_in_UTC()
    {
        var given = Step(1) with { StartedAt = new DateTimeOffset(2029, 12, 31, 23, 0, 0, 7, TimeSpan.FromHours(-9.5)), CompletedAt = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.FromHours(14)) };
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [given] });

        var read = Assert.Single(await ReadAsync());

        Assert.Equal((given.StartedAt.UtcTicks, given.CompletedAt.UtcTicks), (read.StartedAt.Ticks, read.CompletedAt.Ticks));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (read.StartedAt.Offset, read.CompletedAt.Offset));
    }

    [Fact]
    public async Task R1203_A_lease_holds_to_its_last_tick_and_not_beyond()
    {
        await HoldAsync();
        Clock.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Empty(await ClaimAsync(worker: "w2"));
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R1204_A_clock_that_is_set_back_makes_a_lease_last_until_it_gets_there_again()
    {
        await HoldAsync();
        Clock.SetBack(TimeSpan.FromHours(1));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await ClaimAsync(worker: "w2"));
        Clock.Advance(Lease);

        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R1205_A_renewal_holds_from_the_clock_as_it_is_also_when_that_was_set_back()
    {
        var held = await HoldAsync();
        Clock.SetBack(TimeSpan.FromHours(1));
        await RenewAsync(held);

        Clock.Advance(Lease);
        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R1206_A_run_created_after_the_clock_was_set_back_looks_older()
    {
        await CreateAsync("a");
        Clock.SetBack(TimeSpan.FromSeconds(1));
        await CreateAsync("b");

        Assert.Equal(["b", "a"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1207_An_end_before_the_creation_is_kept_as_the_clock_said()
    {
        var held = await HoldAsync();
        Clock.SetBack(TimeSpan.FromDays(400));
        await LetGoAsync(held, RunStatus.Completed);

        var run = await FindAsync();

        Assert.Equal(TimeSpan.FromDays(-400), run.EndedAt - run.CreatedAt);
    }

    [Fact]
    public async Task R1208_A_lease_may_last_a_hundred_years()
    {
        await CreateAsync("run");
        await Store.ClaimRunsAsync(new ClaimRequest { Worker = "w1", Max = 1, Lease = TimeSpan.FromDays(36_500), Workflows = [Order] }, default);
        Clock.Advance(TimeSpan.FromDays(36_499));
        Assert.Empty(await ClaimAsync(worker: "w2"));
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R1209_A_commit_is_fenced_by_its_epoch_alone_whatever_the_clock_does()
    {
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
        Clock.SetBack(TimeSpan.FromDays(2000));

        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 2));
    }
}
