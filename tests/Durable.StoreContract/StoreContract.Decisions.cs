namespace Durable.Storage.Contract;

/// <summary>What an operator decides about a step, of a run that stands as the operator saw it.</summary>
public abstract partial class StoreContract
{
    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R551_A_run_that_is_decided_on_goes_on_in_its_next_attempt(RunStatus status)
    {
        await EndAsync(new RunTransition { Status = status, Error = "boom"u8.ToArray() });

        Assert.True(await DecideAsync(Decision()));

        var run = await FindAsync();
        Assert.Equal((RunStatus.Pending, 2, 1L, null, false), (run.Status, run.Attempt, run.Epoch, run.EndedAt, run.AcceptDivergence));
        Assert.Equal("", Text(run.Error));
        Assert.Equal((2, 2L), (Assert.Single(await ClaimAsync()).Attempt, (await FindAsync()).Epoch));
    }

    [Fact]
    public async Task R552_A_suspended_run_that_is_decided_on_is_claimable_at_once_in_the_same_attempt()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        await SuspendAsync(held);

        Assert.True(await DecideAsync(Decision() with { Outcome = Decided(2) }));

        Assert.Equal((RunStatus.Pending, 1, null, 2L), ((await FindAsync()).Status, (await FindAsync()).Attempt, (await FindAsync()).WakesAt, (await FindAsync()).LastSequence));
        Assert.Equal(1, Assert.Single(await ClaimAsync()).Attempt);
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Completed)]
    public async Task R553_A_run_that_works_waits_for_work_or_completed_is_not_decided_on(RunStatus status)
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        if (status != RunStatus.Running)
            await LetGoAsync(held, status);
        var before = await FindAsync();

        Assert.False(await DecideAsync(Decision() with { Cleared = [1], Outcome = Decided(2) }));

        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync()));
        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync()).Status);
    }

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    public async Task R554_A_final_run_is_not_decided_on(RunStatus status)
    {
        await EndAsync(new RunTransition { Status = status, IsFinal = true });

        Assert.False(await DecideAsync(Decision() with { Cleared = [1] }));

        Assert.Equal((status, CheckpointStatus.Completed), ((await FindAsync()).Status, (await ReadAsync())[0].Status));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    public async Task R555_A_decision_about_another_epoch_or_attempt_changes_nothing(long epoch, int attempt)
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed });

        Assert.False(await DecideAsync(Decision() with { Epoch = epoch, Attempt = attempt, Cleared = [1], Outcome = Decided(5) }));

        Assert.Equal((RunStatus.Failed, 4L), ((await FindAsync()).Status, (await FindAsync()).LastSequence));
        Assert.Equal(CheckpointStatus.Completed, (await ReadAsync())[0].Status);
    }

    [Fact]
    public async Task R556_Of_two_decisions_about_one_state_the_second_changes_nothing()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed });

        Assert.True(await DecideAsync(Decision() with { Outcome = Decided(4, "first") }));
        Assert.False(await DecideAsync(Decision() with { Outcome = Decided(4, "second") }));

        Assert.Equal("first", Text((await ReadAsync())[3].Result));
        Assert.Equal(2, (await FindAsync()).Attempt);
    }

    [Fact]
    public async Task R557_A_decision_about_an_unknown_run_changes_nothing() => Assert.False(await DecideAsync(Decision() with { RunId = "nobody", Outcome = Decided(1) }));

    [Fact]
    public async Task R558_An_outcome_takes_the_place_of_the_checkpoint_of_its_sequence()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed });
        var (before, outcome) = (await ReadAsync(), Decided(2, "decided"));

        await DecideAsync(Decision() with { Outcome = outcome });

        var after = await ReadAsync();
        Assert.Equal([1L, 2, 3, 4], after.Select(checkpoint => checkpoint.Sequence));
        Assert.Equal(WithoutBytes(outcome), WithoutBytes(after[1]));
        Assert.Equal(Bytes(outcome), Bytes(after[1]));
        Assert.Equal(before.Where(checkpoint => checkpoint.Sequence != 2).Select(WithoutBytes), after.Where(checkpoint => checkpoint.Sequence != 2).Select(WithoutBytes));
        Assert.Equal(4, Assert.Single(await ClaimAsync()).LastSequence);
    }

    [Fact]
    public async Task R559_An_outcome_above_the_last_is_added()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Quarantined });

        await DecideAsync(Decision() with { Outcome = Decided(5) });

        Assert.Equal([1L, 2, 3, 4, 5], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
        var held = Assert.Single(await ClaimAsync());
        Assert.Equal(5, held.LastSequence);
        await Assert.ThrowsAsync<ArgumentException>(() => CommitStepAsync(held, 5));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 6));
    }

    [Fact]
    public async Task R560_What_a_decision_clears_is_cleared_and_what_is_not_stored_is_passed_over()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed });

        Assert.True(await DecideAsync(Decision() with { Cleared = [2, 3, 99, 0], Outcome = Decided(5) }));

        Assert.Equal([2L, 3], (await ReadAsync()).Where(checkpoint => checkpoint.Status == CheckpointStatus.Cleared).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R561_A_decision_does_not_clear_the_failing_set_of_the_last_end()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed, FailingSet = [2, 4] });

        await DecideAsync(Decision() with { Cleared = [1] });

        Assert.Equal([1L], (await ReadAsync()).Where(checkpoint => checkpoint.Status == CheckpointStatus.Cleared).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R562_A_decision_about_a_canceled_run_withdraws_the_cancellation()
    {
        var held = await HoldAsync();
        await CancelAsync();
        await CommitAsync(Knowing(held) with { Transition = new RunTransition { Status = RunStatus.Canceled } });

        Assert.True(await DecideAsync(Decision() with { Outcome = Decided(1) }));

        Assert.True((await FindAsync()).Cancellation.IsEmpty);
        Assert.Equal(CommitResult.Committed, await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed));
    }

    [Fact]
    public async Task R563_A_suspended_run_that_is_to_be_canceled_is_still_to_be_after_a_decision()
    {
        var held = await HoldAsync();
        await CancelAsync("why");
        await CommitAsync(Knowing(held) with { Transition = Suspension(s_wait) });

        Assert.True(await DecideAsync(Decision() with { Outcome = Decided(1) }));

        Assert.Equal("why", Text(Assert.Single(await ClaimAsync()).Cancellation));
    }

    [Fact]
    public async Task R564_An_outcome_that_waits_or_has_no_number_is_refused_and_nothing_is_written()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed });

        foreach (var outcome in (CheckpointRecord[])[Decided(5) with { Wait = TimeSpan.Zero }, Decided(0), Decided(-1), Decided(5) with { StepId = "lone \ud800" }])
            await Assert.ThrowsAsync<ArgumentException>(() => DecideAsync(Decision() with { Cleared = [1], Outcome = outcome }));

        Assert.Equal(RunStatus.Failed, (await FindAsync()).Status);
        Assert.All(await ReadAsync(), checkpoint => Assert.Equal(CheckpointStatus.Completed, checkpoint.Status));
    }

    [Fact]
    public async Task R565_An_outcome_between_stored_ones_that_has_no_place_is_refused_and_nothing_is_written()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(5)], Transition = new RunTransition { Status = RunStatus.Failed } });

        await Assert.ThrowsAsync<ArgumentException>(() => DecideAsync(Decision() with { Cleared = [1], Outcome = Decided(3) }));

        Assert.Equal([1L, 5], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
        Assert.Equal((RunStatus.Failed, CheckpointStatus.Completed), ((await FindAsync()).Status, (await ReadAsync())[0].Status));
        Assert.Equal(RunStatus.Failed, Assert.Single(await Store.ListRunsAsync(new RunQuery { Max = 10, Statuses = [RunStatus.Failed] }, default)).Status);
    }

    [Fact]
    public async Task R566_An_outcome_forgets_the_wait_of_the_checkpoint_in_whose_place_it_stands()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Wait = s_wait }], Transition = Suspension(s_wait) });

        await DecideAsync(Decision() with { Outcome = Decided(1) with { DueAt = Clock.GetUtcNow() } });

        Assert.Equal((null, null), (Assert.Single(await ReadAsync()).Wait, Assert.Single(await ReadAsync()).DueAt));
    }

    [Fact]
    public async Task R567_A_run_that_was_decided_on_waits_from_the_decision_on()
    {
        await EndAsync(new RunTransition { Status = RunStatus.Failed });
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("before");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await DecideAsync(Decision());
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("after");

        Assert.Equal(["before", "run", "after"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R568_Of_a_decision_and_a_resume_that_race_one_takes_effect()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = $"run-{round}";
            await LetGoAsync(await HoldAsync(id), RunStatus.Failed);
            var deciding = Task.Run(() => DecideAsync(Decision() with { RunId = id, Outcome = Decided(1) }));
            var found = await Task.Run(() => ResumeAsync(id));

            Assert.Equal(found == RunStatus.Pending, await deciding);
            Assert.Equal((2, await deciding ? 1L : 0L), ((await FindAsync(id)).Attempt, Assert.Single(await ClaimAsync()).LastSequence));
        }
    }

    /// <summary>About the run of <see cref="StoreSuite.HoldAsync"/> as it stands after its first hold.</summary>
    private static StepDecision Decision() => new() { RunId = "run", Epoch = 1, Attempt = 1 };

    private static CheckpointRecord Decided(long sequence, string result = "decided") => Step(sequence) with
    {
        StepId = "decided",
        Status = CheckpointStatus.Failed,
        Attempt = 3,
        Fingerprint = long.MaxValue,
        BuildId = "operator",
        Arguments = "[1]"u8.ToArray(),
        Result = System.Text.Encoding.UTF8.GetBytes(result),
        Error = "why"u8.ToArray(),
    };

    /// <summary>A run with checkpoints 1 to 4 that has ended.</summary>
    private async Task EndAsync(RunTransition transition)
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = held.RunId, Epoch = held.Epoch, Checkpoints = [Step(1), Step(2), Step(3), Step(4)], Transition = transition });
    }

    private Task<bool> DecideAsync(StepDecision decision) => Store.DecideStepAsync(decision, default).AsTask();
}
