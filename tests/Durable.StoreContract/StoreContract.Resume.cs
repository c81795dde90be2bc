namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R501_A_resumed_run_is_claimable_in_the_next_attempt_without_its_error(RunStatus status)
    {
        await LetGoAsync(await HoldAsync(), new RunTransition { Status = status, Error = "boom"u8.ToArray() });

        Assert.Equal(status, await ResumeAsync());

        var run = await FindAsync();
        Assert.Equal((RunStatus.Pending, 2, 1L), (run.Status, run.Attempt, run.Epoch));
        Assert.True(run.Error.IsEmpty);
        Assert.Null(run.EndedAt);
        Assert.Equal(2, Assert.Single(await ClaimAsync()).Epoch);
    }

    [Fact]
    public async Task R502_A_resume_clears_the_failing_set_and_nothing_else()
    {
        await FailAsync(failingSet: [2, 4]);

        await ResumeAsync();

        Assert.Equal(
            [CheckpointStatus.Completed, CheckpointStatus.Cleared, CheckpointStatus.Completed, CheckpointStatus.Cleared],
            (await ReadAsync()).Select(checkpoint => checkpoint.Status));
    }

    [Fact]
    public async Task R503_A_cleared_checkpoint_stays_readable_and_counts_for_the_last_sequence()
    {
        await FailAsync(failingSet: [4]);
        var before = (await ReadAsync())[3];

        await ResumeAsync();

        var after = (await ReadAsync())[3];
        Assert.Equal(WithoutBytes(before) with { Status = CheckpointStatus.Cleared }, WithoutBytes(after));
        Assert.Equal(Bytes(before), Bytes(after));
        Assert.Equal(4, Assert.Single(await ClaimAsync()).LastSequence);
    }

    [Fact]
    public async Task R504_A_resume_uses_the_failing_set_of_the_last_failure_only()
    {
        await FailAsync(failingSet: [2]);
        await ResumeAsync();
        var held = Assert.Single(await ClaimAsync());
        await CommitStepAsync(held, 5);
        await LetGoAsync(held, new RunTransition { Status = RunStatus.Quarantined });

        await ResumeAsync();

        Assert.Equal([2L], (await ReadAsync()).Where(checkpoint => checkpoint.Status == CheckpointStatus.Cleared).Select(checkpoint => checkpoint.Sequence));
        Assert.Equal(3, (await FindAsync()).Attempt);
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Completed)]
    public async Task R505_Resuming_a_run_that_did_not_fail_changes_nothing_and_returns_its_status(RunStatus status)
    {
        await LetGoAsync(await HoldAsync(), status);
        var before = await FindAsync();

        Assert.Equal(status, await ResumeAsync(acceptDivergence: true));

        var after = await FindAsync();
        Assert.Equal((before.Status, before.Attempt, before.AcceptDivergence, before.EndedAt), (after.Status, after.Attempt, after.AcceptDivergence, after.EndedAt));
    }

    [Fact]
    public async Task R506_Resuming_a_running_run_changes_nothing()
    {
        var held = await HoldAsync();

        Assert.Equal(RunStatus.Running, await ResumeAsync());
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Fact]
    public async Task R507_Resuming_an_unknown_run_returns_null() => Assert.Null(await ResumeAsync("nobody"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R508_A_claim_carries_whether_the_resume_accepts_divergence(bool accept)
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Quarantined);
        await ResumeAsync(acceptDivergence: accept);

        Assert.Equal(accept, Assert.Single(await ClaimAsync()).AcceptDivergence);
    }

    [Fact]
    public async Task R509_Accepting_divergence_outlives_a_release_and_a_lost_lease_but_not_an_end()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Quarantined);
        await ResumeAsync(acceptDivergence: true);
        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Pending);
        Assert.True(Assert.Single(await ClaimAsync()).AcceptDivergence);
        Clock.Advance(Lease);
        var held = Assert.Single(await ClaimAsync());
        Assert.True(held.AcceptDivergence);

        await LetGoAsync(held, RunStatus.Failed);

        Assert.False((await FindAsync()).AcceptDivergence);
        await ResumeAsync(acceptDivergence: false);
        Assert.False((await FindAsync()).AcceptDivergence);
    }

    [Fact]
    public async Task R510_Of_two_resumes_the_second_finds_the_run_pending()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Failed);

        Assert.Equal(RunStatus.Failed, await ResumeAsync());
        Assert.Equal(RunStatus.Pending, await ResumeAsync());
        Assert.Equal(2, (await FindAsync()).Attempt);
    }

    [Fact]
    public async Task R511_A_resume_keeps_everything_but_status_attempt_error_and_end()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Failed, Result = "7"u8.ToArray(), Error = "boom"u8.ToArray() } });
        var before = await FindAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await ResumeAsync();

        var after = await FindAsync();
        Assert.Equal(WithoutBytes(before) with { Status = RunStatus.Pending, Attempt = 2, EndedAt = null }, WithoutBytes(after));
        Assert.Equal(("{}", "7"), (Text(after.Input), Text(after.Result)));
    }

    [Fact]
    public async Task R512_Sequences_of_a_failing_set_that_are_not_stored_are_passed_over()
    {
        await FailAsync(failingSet: [0, 3, 99, -1]);

        Assert.Equal(RunStatus.Failed, await ResumeAsync());

        Assert.Equal([3L], (await ReadAsync()).Where(checkpoint => checkpoint.Status == CheckpointStatus.Cleared).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R513_A_run_that_fails_again_carries_its_new_error_and_time()
    {
        await LetGoAsync(await HoldAsync(), new RunTransition { Status = RunStatus.Failed, Error = "first"u8.ToArray() });
        await ResumeAsync();
        Clock.Advance(TimeSpan.FromSeconds(9));
        await LetGoAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Failed, Error = "second"u8.ToArray() });

        var run = await FindAsync();

        Assert.Equal(("second", Clock.GetUtcNow(), 2), (Text(run.Error), run.EndedAt, run.Attempt));
    }

    [Fact]
    public async Task R514_A_late_commit_is_fenced_while_the_resumed_run_waits()
    {
        var late = await HoldAsync();
        await LetGoAsync(late, RunStatus.Failed);
        await ResumeAsync();

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(late, 1));
        Assert.Single(await RenewAsync(late));
    }

    [Fact]
    public async Task R515_The_failing_set_of_a_release_is_not_kept()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        await LetGoAsync(held, new RunTransition { Status = RunStatus.Pending, FailingSet = [1] });
        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Failed);

        await ResumeAsync();

        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync()).Status);
    }

    [Fact]
    public async Task R516_A_resumed_run_can_complete_without_the_error_before()
    {
        await LetGoAsync(await HoldAsync(), new RunTransition { Status = RunStatus.Failed, Result = "7"u8.ToArray(), Error = "boom"u8.ToArray() });
        await ResumeAsync();
        await LetGoAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Completed, Result = "8"u8.ToArray() });

        var run = await FindAsync();

        Assert.Equal((RunStatus.Completed, "8", ""), (run.Status, Text(run.Result), Text(run.Error)));
    }

    /// <summary>A failed run with checkpoints 1 to 4.</summary>
    private async Task FailAsync(IReadOnlyList<long> failingSet)
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit
        {
            RunId = held.RunId,
            Epoch = held.Epoch,
            Checkpoints = [Step(1), Step(2), Step(3), Step(4)],
            Transition = new RunTransition { Status = RunStatus.Failed, FailingSet = failingSet },
        });
    }
}
