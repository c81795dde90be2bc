namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R301_A_checkpoint_comes_back_as_it_was_given()
    {
        var held = await HoldAsync();
        var given = Step(1) with
        {
            Kind = CheckpointKind.ArgumentsChanged,
            Status = CheckpointStatus.Failed,
            Attempt = 3,
            Epoch = 1,
            Fingerprint = long.MinValue,
            BuildId = new string('b', 100),
            Arguments = "{\"a\":1}"u8.ToArray(),
            Result = "2"u8.ToArray(),
            Error = "3"u8.ToArray(),
        };

        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [given] }));

        var read = Assert.Single(await ReadAsync());
        Assert.Equal(Bytes(given), Bytes(read));
        Assert.Equal(WithoutBytes(given), WithoutBytes(read));
        Assert.Equal(1, held.Epoch);
    }

    [Fact]
    public async Task R302_A_commit_of_another_epoch_is_fenced_and_writes_nothing()
    {
        var held = await HoldAsync();

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held with { Epoch = 2 }, 1));
        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held with { Epoch = 0 }, 1));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task R303_The_late_commit_of_a_worker_that_lost_its_run_is_fenced()
    {
        var late = await HoldAsync();
        Clock.Advance(Lease);
        var now = Assert.Single(await ClaimAsync(worker: "w2"));
        await CommitStepAsync(now, 1);

        // The same sequence as the new holder's: not a mistake of the late worker, it cannot know.
        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(late, 1));
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(late, RunStatus.Completed));
        Assert.Equal(2, Assert.Single(await ReadAsync()).Epoch);
        Assert.Equal(RunStatus.Running, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R304_A_lease_that_passed_unclaimed_does_not_fence()
    {
        var held = await HoldAsync();
        Clock.Advance(Lease * 2);

        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    [InlineData(RunStatus.Pending)]
    public async Task R305_After_a_transition_every_commit_is_fenced(RunStatus status)
    {
        var held = await HoldAsync();
        await LetGoAsync(held, status);

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held, 1));
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(held, RunStatus.Failed));
        Assert.Equal(CommitResult.Fenced, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Cleared = [1] }));
        Assert.Equal(status, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R306_A_commit_to_an_unknown_run_is_fenced()
        => Assert.Equal(CommitResult.Fenced, await CommitAsync(new RunCommit { RunId = "nobody", Epoch = 1, Checkpoints = [Step(1)] }));

    [Fact]
    public async Task R307_A_fenced_commit_writes_neither_checkpoints_nor_clearings_nor_transition()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);

        var result = await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch + 1,
            Checkpoints = [Step(2), Step(3)],
            Cleared = [1],
            Transition = new RunTransition { Status = RunStatus.Completed },
        });

        Assert.Equal(CommitResult.Fenced, result);
        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync()).Status);
        Assert.Equal(RunStatus.Running, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R308_Checkpoints_clearings_and_transition_of_one_commit_are_stored_together()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);

        await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch,
            Checkpoints = [Step(2), Step(3)],
            Cleared = [1],
            Transition = new RunTransition { Status = RunStatus.Completed, Result = "9"u8.ToArray() },
        });

        Assert.Equal(
            [(1L, CheckpointStatus.Cleared), (2L, CheckpointStatus.Completed), (3L, CheckpointStatus.Completed)],
            (await ReadAsync()).Select(checkpoint => (checkpoint.Sequence, checkpoint.Status)));
        var run = await FindAsync();
        Assert.Equal((RunStatus.Completed, 3L), (run.Status, run.LastSequence));
        Assert.Equal("9"u8.ToArray(), run.Result.ToArray());
    }

    [Fact]
    public async Task R309_A_sequence_that_is_stored_already_is_refused_and_nothing_is_written()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 2);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch,
            Checkpoints = [Step(2), Step(3)],
            Transition = new RunTransition { Status = RunStatus.Completed },
        }));

        Assert.Equal(2, Assert.Single(await ReadAsync()).Sequence);
        Assert.Equal(RunStatus.Running, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R310_A_sequence_below_the_last_is_refused_even_where_there_is_a_gap()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 5);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitStepAsync(held, 3));
        Assert.Equal(5, Assert.Single(await ReadAsync()).Sequence);
    }

    [Fact]
    public async Task R311_Sequences_that_do_not_ascend_within_a_commit_are_refused()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(2), Step(1)] }));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task R312_A_worker_cannot_let_go_of_a_run_as_running()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, RunStatus.Running));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Fact]
    public async Task R313_A_released_run_is_claimable_at_once_by_any_worker()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Pending);

        var run = Assert.Single(await ClaimAsync(worker: "w2"));

        Assert.Equal((2L, 1, "w2"), (run.Epoch, run.Attempt, run.Worker));
        Assert.Null(run.EndedAt);
    }

    [Fact]
    public async Task R314_An_end_records_result_error_and_time()
    {
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(3));

        await LetGoAsync(held, new RunTransition { Status = RunStatus.Failed, Error = "boom"u8.ToArray() });

        var run = await FindAsync();
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("boom"u8.ToArray(), run.Error.ToArray());
        Assert.Equal(Clock.GetUtcNow(), run.EndedAt);
        Assert.Equal("w1", run.Worker);
    }

    [Fact]
    public async Task R315_Clearing_a_sequence_that_is_not_stored_changes_nothing()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);

        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Cleared = [2] }));
        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync()).Status);
    }

    [Fact]
    public async Task R316_An_empty_commit_says_whether_the_run_is_still_held()
    {
        var held = await HoldAsync();

        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch }));
        Assert.Equal(CommitResult.Fenced, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch + 1 }));
    }
}
