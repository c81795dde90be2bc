namespace Durable.Storage.Contract;

/// <summary>What waits by the store's clock: suspended runs, and what checkpoints announce.</summary>
public abstract partial class StoreContract
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1);

    [Fact]
    public async Task R371_A_suspended_run_is_left_alone_until_its_wait_has_passed()
    {
        await SuspendAsync(await HoldAsync());
        Clock.Advance(s_wait - TimeSpan.FromTicks(1));

        Assert.Empty(await ClaimAsync());
        Assert.Equal((RunStatus.Suspended, 1L), ((await FindAsync()).Status, (await FindAsync()).Epoch));
    }

    [Fact]
    public async Task R372_A_suspended_run_goes_to_the_next_claimer_once_its_wait_has_passed()
    {
        await SuspendAsync(await HoldAsync());
        Clock.Advance(s_wait);

        var run = Assert.Single(await ClaimAsync(worker: "w2"));

        Assert.Equal((RunStatus.Running, 2L, 1, "w2", null), (run.Status, run.Epoch, run.Attempt, run.Worker, run.WakesAt));
        Assert.Empty(await ClaimAsync(worker: "w3"));
    }

    [Fact]
    public async Task R373_A_suspended_run_says_when_it_wakes_and_has_not_ended()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var suspendedAt = Clock.GetUtcNow();

        await SuspendAsync(held);
        Clock.Advance(TimeSpan.FromSeconds(1));

        var run = await FindAsync();
        Assert.Equal((RunStatus.Suspended, suspendedAt + s_wait, null, 1L), (run.Status, run.WakesAt, run.EndedAt, run.LastSequence));
    }

    [Fact]
    public async Task R374_A_suspension_keeps_the_acceptance_of_divergence()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Quarantined);
        await ResumeAsync(acceptDivergence: true);
        await SuspendAsync(Assert.Single(await ClaimAsync()));
        Clock.Advance(s_wait);

        Assert.True(Assert.Single(await ClaimAsync()).AcceptDivergence);
    }

    [Fact]
    public async Task R375_After_a_suspension_every_commit_is_fenced()
    {
        var held = await HoldAsync();
        await SuspendAsync(held);

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held, 1));
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(held, Suspension(s_wait)));
        Assert.Equal([new RunLease("run", 1)], await RenewAsync(held));
    }

    [Fact]
    public async Task R376_A_wait_that_does_not_go_with_the_transition_is_refused()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = RunStatus.Suspended }));
        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, Suspension(TimeSpan.FromTicks(-1))));
        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = RunStatus.Pending, Wait = s_wait }));
        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = RunStatus.Failed, Wait = s_wait }));
        Assert.Equal(RunStatus.Running, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R377_A_suspended_run_is_terminated_like_any_that_has_not_ended()
    {
        await SuspendAsync(await HoldAsync());

        Assert.Equal(RunStatus.Suspended, await Store.TerminateRunAsync(new TerminateRequest("run", default), default));

        Clock.Advance(s_wait);
        Assert.Empty(await ClaimAsync());
        Assert.Equal((RunStatus.Canceled, null), ((await FindAsync()).Status, (await FindAsync()).WakesAt));
    }

    [Fact]
    public async Task R378_Resuming_a_suspended_run_changes_nothing()
    {
        await SuspendAsync(await HoldAsync());

        Assert.Equal(RunStatus.Suspended, await ResumeAsync());

        Assert.Empty(await ClaimAsync());
        Assert.Equal((RunStatus.Suspended, 1), ((await FindAsync()).Status, (await FindAsync()).Attempt));
    }

    [Fact]
    public async Task R379_A_suspended_run_does_not_wake_earlier_when_the_clock_is_set_back()
    {
        await SuspendAsync(await HoldAsync());
        Clock.SetBack(TimeSpan.FromHours(1));
        Clock.Advance(s_wait);

        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R380_What_waits_and_what_has_waited_is_claimed_in_the_order_in_which_it_became_due()
    {
        foreach (var (id, wait) in ((string, int)[])[("late", 3), ("early", 1)])
            await LetGoAsync(await HoldAsync(id), Suspension(TimeSpan.FromSeconds(wait)));
        Clock.Advance(TimeSpan.FromSeconds(2));
        await CreateAsync("between");
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["early", "between"], Ids(await ClaimAsync(max: 2)));
        Assert.Equal(["late"], Ids(await ClaimAsync(max: 2)));
    }

    [Fact]
    public async Task R381_A_checkpoint_that_waits_is_due_by_the_clock_of_the_store_from_its_commit_on()
    {
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var committedAt = Clock.GetUtcNow();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Wait = s_wait }, Step(2), Step(3) with { Wait = TimeSpan.Zero }] });
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            [(s_wait, committedAt + s_wait), (null, null), (TimeSpan.Zero, (DateTimeOffset?)committedAt)],
            (await ReadAsync()).Select(checkpoint => (checkpoint.Wait, checkpoint.DueAt)));
    }

    [Fact]
    public async Task R382_When_a_checkpoint_is_due_is_for_the_store_to_say()
    {
        var held = await HoldAsync();
        var given = Clock.GetUtcNow().AddYears(1);

        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { DueAt = given }, Step(2) with { DueAt = given, Wait = s_wait }] });

        Assert.Equal([null, Clock.GetUtcNow() + s_wait], (await ReadAsync()).Select(checkpoint => checkpoint.DueAt));
    }

    [Fact]
    public async Task R383_A_clearing_keeps_the_wait_of_a_checkpoint()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Wait = s_wait }] });
        var before = Assert.Single(await ReadAsync());

        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Cleared = [1] });

        Assert.Equal(WithoutBytes(before) with { Status = CheckpointStatus.Cleared }, WithoutBytes(Assert.Single(await ReadAsync())));
    }

    [Fact]
    public async Task R384_A_negative_wait_of_a_checkpoint_is_refused_and_nothing_is_written()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2) with { Wait = TimeSpan.FromTicks(-1) }] }));

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task R385_A_wait_beyond_the_end_of_time_lasts_until_then()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Wait = TimeSpan.MaxValue }], Transition = Suspension(TimeSpan.MaxValue) });

        Assert.Equal((TimeSpan.MaxValue, DateTimeOffset.MaxValue), (Assert.Single(await ReadAsync()).Wait, Assert.Single(await ReadAsync()).DueAt));
        Assert.Equal(DateTimeOffset.MaxValue, (await FindAsync()).WakesAt);
    }

    [Fact]
    public async Task R386_A_claim_says_when_it_was_made_and_nothing_else_does()
    {
        Clock.Advance(TimeSpan.FromSeconds(7));
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(Clock.GetUtcNow() - TimeSpan.FromSeconds(7), held.ClaimedAt);
        Assert.Null((await FindAsync()).ClaimedAt);
        Assert.Null((await CreateAsync("run")).Run.ClaimedAt);
    }

    [Fact]
    public async Task R387_Suspended_runs_are_counted_and_listed_as_such()
    {
        await SuspendAsync(await HoldAsync());

        Assert.Equal([new RunCount(Order, RunStatus.Suspended, 1)], await Store.CountRunsAsync(default));
        var listed = Assert.Single(await Store.ListRunsAsync(new RunQuery { Max = 10, Statuses = [RunStatus.Suspended] }, default));
        Assert.Equal(("run", Clock.GetUtcNow() + s_wait), (listed.RunId, listed.WakesAt));
    }

    [Fact]
    public async Task R388_A_suspension_for_the_next_attempt_clears_the_failing_set_and_raises_the_attempt()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch,
            Checkpoints = [Step(1), Step(2)],
            Transition = Suspension(s_wait) with { IsNextAttempt = true, FailingSet = [2, 7] },
        });

        Assert.Equal([CheckpointStatus.Completed, CheckpointStatus.Cleared], (await ReadAsync()).Select(checkpoint => checkpoint.Status));
        Assert.Equal((RunStatus.Suspended, 2, null), ((await FindAsync()).Status, (await FindAsync()).Attempt, (await FindAsync()).EndedAt));
        Clock.Advance(s_wait);
        Assert.Equal(2, Assert.Single(await ClaimAsync()).Attempt);
    }

    [Fact]
    public async Task R389_A_run_that_is_not_suspended_has_no_next_attempt()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = RunStatus.Pending, IsNextAttempt = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = RunStatus.Failed, IsNextAttempt = true }));
        Assert.Equal(1, (await FindAsync()).Attempt);
    }

    [Fact]
    public async Task R390_A_wait_does_not_begin_anew_for_the_next_holder()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Wait = s_wait }] });
        var due = Assert.Single(await ReadAsync()).DueAt;
        Clock.Advance(Lease);

        Assert.Single(await ClaimAsync(worker: "w2"));

        Assert.Equal(due, Assert.Single(await ReadAsync()).DueAt);
    }

    private static RunTransition Suspension(TimeSpan wait) => new() { Status = RunStatus.Suspended, Wait = wait };

    private async Task SuspendAsync(RunRecord held) => Assert.Equal(CommitResult.Committed, await LetGoAsync(held, Suspension(s_wait)));
}
