namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R701_An_unknown_run_is_null_and_has_no_checkpoints()
    {
        Assert.Null(await Store.FindRunAsync("nobody", default));
        Assert.Empty(await ReadAsync("nobody"));
    }

    [Fact]
    public async Task R702_Checkpoints_are_read_in_sequence_order_and_only_those_of_the_run()
    {
        await CreateAsync("run");
        await CreateAsync("run2");
        var held = (await ClaimAsync()).ToDictionary(run => run.RunId);
        foreach (var sequence in (long[])[1, 2, 9, 10, 11, 100])
        {
            await CommitStepAsync(held["run"], sequence);
            await CommitStepAsync(held["run2"], sequence + 1);
        }

        Assert.Equal([1, 2, 9, 10, 11, 100], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R703_What_was_read_does_not_change_when_the_run_goes_on()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        var checkpoints = await ReadAsync();
        var run = await FindAsync();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(2)], Cleared = [1], Transition = new RunTransition { Status = RunStatus.Failed } });

        Assert.Equal(CheckpointStatus.Completed, Assert.Single(checkpoints).Status);
        Assert.Equal((RunStatus.Running, 1L), (run.Status, run.LastSequence));
    }

    [Fact]
    public async Task R704_Runs_are_counted_by_workflow_version_and_status()
    {
        await CreateAsync("a");
        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed);
        await CreateAsync("b");
        await CreateAsync("c");
        await CreateAsync("d", Order with { Version = 2 });
        await CreateAsync("e", Invoice);

        var counts = (await Store.CountRunsAsync(default)).Select(count => $"{count.Workflow.Name} {count.Workflow.Version} {count.Status} {count.Count}");

        Assert.Equal(["Invoice 1 Pending 1", "Order 1 Completed 1", "Order 1 Pending 2", "Order 2 Pending 1"], counts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task R705_An_empty_store_counts_nothing() => Assert.Empty(await Store.CountRunsAsync(default));

    [Fact]
    public async Task R706_Initializing_and_entering_again_changes_nothing()
    {
        var held = await HoldAsync();

        await Store.InitializeAsync(default);
        await Store.EnterAsWorkerAsync(default);

        Assert.Empty(await ClaimAsync(worker: "w2"));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Fact]
    public async Task R707_What_a_verb_wrote_is_read_once_it_returned()
    {
        for (var number = 0; number < 50; number++)
        {
            var held = await HoldAsync($"run-{number}");
            Assert.Equal(RunStatus.Running, (await FindAsync(held.RunId)).Status);
            await CommitStepAsync(held, 1);
            Assert.Single(await ReadAsync(held.RunId));
            await LetGoAsync(held, RunStatus.Completed);
            Assert.Equal(RunStatus.Completed, (await FindAsync(held.RunId)).Status);
        }
    }

    [Fact]
    public async Task R708_Reading_neither_renews_a_lease_nor_moves_a_place()
    {
        await CreateAsync("a");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var held = Assert.Single(await ClaimAsync());
        await CreateAsync("b");
        Clock.Advance(Lease);

        foreach (var id in (string[])["b", "a"])
            await Task.WhenAll(FindAsync(id), ReadAsync(id), Store.CountRunsAsync(default).AsTask());

        Assert.Equal(["b", "a"], Ids(await ClaimAsync(worker: "w2")));
        Assert.Equal(1, held.Epoch);
    }

    [Fact]
    public async Task R709_Every_status_that_a_run_can_have_is_counted()
    {
        RunStatus[] ends = [RunStatus.Completed, RunStatus.Failed, RunStatus.Canceled, RunStatus.Quarantined];
        foreach (var status in ends)
            await LetGoAsync(await HoldAsync($"{status}"), status);
        await HoldAsync("running");
        await CreateAsync("pending");

        var counts = await Store.CountRunsAsync(default);

        Assert.Equal([.. ends.Append(RunStatus.Running).Append(RunStatus.Pending).Order()], counts.Select(count => count.Status).Order());
        Assert.All(counts, count => Assert.Equal(1, count.Count));
    }

    [Fact]
    public async Task R710_The_last_sequence_counts_cleared_checkpoints_and_gaps()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(3), Step(70)], Cleared = [70] });

        Assert.Equal(70, (await FindAsync()).LastSequence);
    }

    [Fact]
    public async Task R711_A_list_that_was_read_is_the_readers_alone()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        var (first, second) = (await ReadAsync(), await ReadAsync());

        Assert.NotSame(first, second);
        await CommitStepAsync(held, 2);
        Assert.Single(first);
    }
}
