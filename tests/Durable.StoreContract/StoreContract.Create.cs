namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R101_A_new_run_is_pending_and_carries_what_was_given()
    {
        var result = await CreateAsync("run");

        Assert.True(result.Created);
        var run = result.Run;
        Assert.Equal(("run", Order, RunStatus.Pending, 42L), (run.RunId, run.Workflow, run.Status, run.Fingerprint));
        Assert.Equal("{}"u8.ToArray(), run.Input.ToArray());
    }

    [Fact]
    public async Task R102_A_new_run_starts_at_epoch_0_attempt_1_sequence_0_without_worker()
    {
        var run = (await CreateAsync("run")).Run;

        Assert.Equal((0L, 1, 0L), (run.Epoch, run.Attempt, run.LastSequence));
        Assert.Null(run.Worker);
        Assert.Null(run.EndedAt);
        Assert.False(run.AcceptDivergence);
        Assert.True(run.Result.IsEmpty && run.Error.IsEmpty);
    }

    [Fact]
    public async Task R103_A_run_is_created_at_the_time_of_the_stores_clock()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(12345));

        Assert.Equal(Clock.GetUtcNow(), (await CreateAsync("run")).Run.CreatedAt);
    }

    [Fact]
    public async Task R104_Creating_an_existing_id_changes_nothing_and_returns_the_run_that_exists()
    {
        await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        var again = await Store.CreateRunAsync(Run("run", Invoice) with { Fingerprint = 43, Input = "[1]"u8.ToArray() }, default);

        Assert.False(again.Created);
        Assert.Equal((Order, RunStatus.Running, 42L), (again.Run.Workflow, again.Run.Status, again.Run.Fingerprint));
        Assert.Equal("{}"u8.ToArray(), again.Run.Input.ToArray());
        Assert.Equal(again.Run.CreatedAt, (await FindAsync()).CreatedAt);
    }

    [Fact]
    public async Task R105_Creating_the_id_of_an_ended_run_does_not_start_it_again()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Completed);

        Assert.Equal(RunStatus.Completed, (await CreateAsync("run")).Run.Status);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R106_Ids_that_differ_only_in_case_are_different_runs()
    {
        await CreateAsync("run");

        Assert.True((await CreateAsync("RUN")).Created);
        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    [Fact]
    public async Task R107_Creating_an_id_again_does_not_move_the_runs_place()
    {
        await CreateAsync("a");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("b");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("a");

        Assert.Equal(["a", "b"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R108_A_new_run_is_claimable_and_found_at_once()
    {
        await CreateAsync("run");

        Assert.Equal(RunStatus.Pending, (await FindAsync()).Status);
        Assert.Equal(["run"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R109_Creating_an_ended_run_again_returns_its_last_sequence_result_and_end()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Transition = new RunTransition { Status = RunStatus.Completed, Result = "9"u8.ToArray() } });

        var run = (await CreateAsync("run")).Run;

        Assert.Equal((2L, "9", Clock.GetUtcNow()), (run.LastSequence, Text(run.Result), run.EndedAt));
    }
}
