namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R201_A_claim_sets_running_worker_and_epoch()
    {
        await CreateAsync("run");

        var run = Assert.Single(await ClaimAsync(worker: "w7"));

        Assert.Equal((RunStatus.Running, 1L, "w7"), (run.Status, run.Epoch, run.Worker));
        var found = await FindAsync();
        Assert.Equal((RunStatus.Running, 1L, "w7"), (found.Status, found.Epoch, found.Worker));
    }

    [Fact]
    public async Task R202_The_oldest_run_is_claimed_first()
    {
        foreach (var id in (string[])["c", "a", "b"])
        {
            await CreateAsync(id);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(["c", "a"], (await ClaimAsync(max: 2)).Select(run => run.RunId));
        Assert.Equal(["b"], (await ClaimAsync(max: 2)).Select(run => run.RunId));
    }

    [Fact]
    public async Task R203_A_claimed_run_is_not_claimed_again_while_its_lease_holds()
    {
        await HoldAsync();
        Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));

        Assert.Empty(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R204_A_run_whose_lease_has_passed_goes_to_the_next_claimer_with_a_higher_epoch()
    {
        await HoldAsync();
        Clock.Advance(Lease);

        var run = Assert.Single(await ClaimAsync(worker: "w2"));

        Assert.Equal((2L, "w2", 1), (run.Epoch, run.Worker, run.Attempt));
    }

    [Fact]
    public async Task R205_Runs_of_other_workflows_are_left_as_they_are()
    {
        await CreateAsync("run", Invoice);

        Assert.Empty(await ClaimAsync());
        Assert.Equal((RunStatus.Pending, 0L), ((await FindAsync()).Status, (await FindAsync()).Epoch));
    }

    [Fact]
    public async Task R206_Another_version_of_a_workflow_is_another_workflow()
    {
        await CreateAsync("run", Order with { Version = 2 });

        Assert.Empty(await ClaimAsync());
        Assert.Single(await ClaimAsync(workflows: [Order, Order with { Version = 2 }]));
    }

    [Fact]
    public async Task R207_A_claim_over_several_workflows_keeps_the_order()
    {
        foreach (var (id, workflow) in ((string, WorkflowIdentity)[])[("a", Order), ("b", Invoice), ("c", Order)])
        {
            await CreateAsync(id, workflow);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(["a", "b", "c"], (await ClaimAsync(workflows: [Invoice, Order])).Select(run => run.RunId));
    }

    [Fact]
    public async Task R208_A_claim_returns_the_input_and_the_last_sequence()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        await CommitStepAsync(held, 5);
        await LetGoAsync(held, RunStatus.Pending);

        var run = Assert.Single(await ClaimAsync());

        Assert.Equal(5, run.LastSequence);
        Assert.Equal("{}"u8.ToArray(), run.Input.ToArray());
    }

    [Fact]
    public async Task R209_A_claim_for_no_workflow_or_for_none_returns_nothing()
    {
        await CreateAsync("run");

        Assert.Empty(await ClaimAsync(max: 0));
        Assert.Empty(await Store.ClaimRunsAsync(new ClaimRequest { Worker = "w1", Max = 1, Lease = Lease, Workflows = [] }, default));
    }

    [Fact]
    public async Task R210_A_pending_run_is_claimable_also_after_the_clock_was_set_back()
    {
        await CreateAsync("run");
        Clock.SetBack(TimeSpan.FromHours(1));

        Assert.Single(await ClaimAsync());
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R211_An_ended_run_is_never_claimed(RunStatus status)
    {
        await LetGoAsync(await HoldAsync(), status);
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task R212_A_lease_that_is_over_at_once_brings_no_run_twice_into_one_claim(int seconds)
    {
        await CreateAsync("run");
        var request = new ClaimRequest { Worker = "w1", Max = 10, Lease = TimeSpan.FromSeconds(seconds), Workflows = [Order] };

        Assert.Equal(1, Assert.Single(await Store.ClaimRunsAsync(request, default)).Epoch);
        Assert.Equal(2, Assert.Single(await Store.ClaimRunsAsync(request, default)).Epoch);
    }

    [Fact]
    public async Task R213_A_workflow_that_is_named_twice_brings_no_run_twice_into_one_claim()
    {
        await CreateAsync("run");

        Assert.Equal(1, Assert.Single(await ClaimAsync(workflows: [Order, Order])).Epoch);
    }
}
