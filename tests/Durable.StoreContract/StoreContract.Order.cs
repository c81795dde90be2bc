namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R251_Runs_due_at_the_same_instant_are_claimed_in_the_order_of_creation()
    {
        string[] ids = ["c", "a", "d", "b"];
        foreach (var id in ids)
            await CreateAsync(id);

        Assert.Equal(ids.Take(3), Ids(await ClaimAsync(max: 3)));
        Assert.Equal(ids.Skip(3), Ids(await ClaimAsync(max: 3)));
    }

    [Fact]
    public async Task R252_Runs_of_several_workflows_due_at_the_same_instant_are_claimed_in_the_order_of_creation()
    {
        foreach (var (id, workflow) in ((string, WorkflowIdentity)[])[("c", Invoice), ("a", Order), ("b", Invoice)])
            await CreateAsync(id, workflow);

        Assert.Equal(["c", "a", "b"], Ids(await ClaimAsync(workflows: [Order, Invoice])));
    }

    [Fact]
    public async Task R253_A_released_run_waits_behind_those_that_wait_already()
    {
        var held = await HoldAsync("a");
        await CreateAsync("b");
        Clock.Advance(TimeSpan.FromTicks(1));
        await LetGoAsync(held, RunStatus.Pending);
        Clock.Advance(TimeSpan.FromTicks(1));
        await CreateAsync("c");

        Assert.Equal(["b", "a", "c"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R254_A_resumed_run_waits_behind_those_that_wait_already()
    {
        await LetGoAsync(await HoldAsync("a"), RunStatus.Failed);
        await CreateAsync("b");
        Clock.Advance(TimeSpan.FromTicks(1));
        await ResumeAsync("a");
        Clock.Advance(TimeSpan.FromTicks(1));
        await CreateAsync("c");

        Assert.Equal(["b", "a", "c"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R255_A_run_whose_lease_passed_takes_its_place_by_that_moment()
    {
        await HoldAsync("a");
        Clock.Advance(Lease - TimeSpan.FromTicks(1));
        await CreateAsync("b");
        Clock.Advance(TimeSpan.FromTicks(2));
        await CreateAsync("c");

        Assert.Equal(["b", "a", "c"], Ids(await ClaimAsync(worker: "w2")));
    }

    [Fact]
    public async Task R256_A_run_released_at_the_instant_at_which_others_were_created_keeps_the_order_of_creation()
    {
        var held = await HoldAsync("a");
        await CreateAsync("b");
        await LetGoAsync(held, RunStatus.Pending);

        Assert.Equal(["a", "b"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R257_A_claim_takes_no_more_than_its_maximum_and_leaves_the_rest_as_it_was()
    {
        foreach (var id in (string[])["a", "b", "c"])
            await CreateAsync(id);

        Assert.Equal(["a", "b"], Ids(await ClaimAsync(max: 2)));
        var left = await FindAsync("c");
        Assert.Equal((RunStatus.Pending, 0L, null), (left.Status, left.Epoch, left.Worker));
    }

    [Fact]
    public async Task R258_Epochs_rise_by_one_with_each_claim_and_never_come_again()
    {
        await CreateAsync("run");
        for (var epoch = 1; epoch <= 12; epoch++)
        {
            var held = Assert.Single(await ClaimAsync(worker: $"w{epoch}"));
            Assert.Equal(epoch, held.Epoch);
            if (epoch % 3 == 0)
                await LetGoAsync(held, RunStatus.Pending);
            else if (epoch % 3 == 1)
                Clock.Advance(Lease);
            else
                await FailAndResumeAsync(held);
        }
    }

    [Fact]
    public async Task R259_No_run_starves_where_runs_are_released_again_and_again()
    {
        for (var number = 0; number < 20; number++)
            await CreateAsync($"run-{number}");

        var claims = new Dictionary<string, int>();
        for (var round = 0; round < 40; round++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            foreach (var run in await ClaimAsync(max: 3))
            {
                claims[run.RunId] = claims.GetValueOrDefault(run.RunId) + 1;
                await LetGoAsync(run, RunStatus.Pending);
            }
        }

        Assert.Equal(20, claims.Count);
        Assert.All(claims.Values, count => Assert.InRange(count, 5, 7));
    }

    [Fact]
    public async Task R260_A_claim_for_fewer_than_none_returns_nothing()
    {
        await CreateAsync("run");

        Assert.Empty(await ClaimAsync(max: -1));
        Assert.Equal(RunStatus.Pending, (await FindAsync()).Status);
    }

    private async Task FailAndResumeAsync(RunRecord held)
    {
        await LetGoAsync(held, RunStatus.Failed);
        await ResumeAsync(held.RunId);
    }
}
