namespace Durable.Storage.Contract;

/// <summary>Suspensions that a message ends. 165x.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R1651_A_run_that_waits_for_messages_without_a_time_is_left_alone_for_good()
    {
        await AwaitAsync(await HoldAsync());
        Clock.Advance(TimeSpan.FromDays(3_650));

        Assert.Empty(await ClaimAsync());
        Assert.Equal((RunStatus.Suspended, null), ((await FindAsync()).Status, (await FindAsync()).WakesAt));
        Assert.Null(Assert.Single(await Store.ListRunsAsync(new RunQuery { Max = 10, Statuses = [RunStatus.Suspended] }, default)).WakesAt);
        Assert.Equal(RunStatus.Suspended, Assert.Single(await Store.CountRunsAsync(default)).Status);
    }

    [Fact]
    public async Task R1652_A_message_makes_it_claimable_at_once_whatever_the_clock_says()
    {
        await AwaitAsync(await HoldAsync());
        await CreateAsync("behind it");
        Clock.SetBack(TimeSpan.FromHours(1));

        Assert.Equal(SignalVerdict.Accepted, await SignalAsync());

        Assert.Equal((RunStatus.Pending, null), ((await FindAsync()).Status, (await FindAsync()).WakesAt));
        var claimed = await ClaimAsync();
        Assert.Equal(["behind it", "run"], Ids(claimed).Order(StringComparer.Ordinal));
        var run = claimed.Single(run => run.RunId == "run");
        Assert.Equal((RunStatus.Running, 2L, 1, 1L), (run.Status, run.Epoch, run.Attempt, run.LastMessage));
    }

    [Fact]
    public async Task R1653_A_woken_run_is_due_since_the_message()
    {
        await AwaitAsync(await HoldAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("earlier");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SignalAsync();
        await SignalAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("later");

        Assert.Equal(["earlier", "run", "later"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1654_A_wait_with_a_time_ends_with_the_time_or_with_a_message()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        foreach (var held in await ClaimAsync())
            await AwaitAsync(held, wait: s_wait);
        Assert.Equal(Clock.GetUtcNow() + s_wait, (await FindAsync("a")).WakesAt);
        Clock.Advance(s_wait - TimeSpan.FromTicks(1));
        Assert.Empty(await ClaimAsync());

        await SignalAsync(runId: "b");
        Assert.Equal(["b"], Ids(await ClaimAsync()));

        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["a"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1655_A_wait_with_a_time_is_never_over_early_also_when_the_clock_was_set_back()
    {
        await AwaitAsync(await HoldAsync(), wait: s_wait);
        Clock.SetBack(TimeSpan.FromHours(1));
        Clock.Advance(s_wait);
        Assert.Empty(await ClaimAsync());

        Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Empty(await ClaimAsync());
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task R1656_A_suspended_run_that_does_not_wait_for_messages_sleeps_on()
    {
        await SuspendAsync(await HoldAsync());
        var before = await FindAsync();

        await SignalAsync();

        Assert.Equal(before.WakesAt, (await FindAsync()).WakesAt);
        Assert.Empty(await ClaimAsync());
        Clock.Advance(s_wait);
        Assert.Equal(1, Assert.Single(await ClaimAsync()).LastMessage);
    }

    [Fact]
    public async Task R1657_A_run_that_waited_for_messages_once_does_not_do_so_in_its_next_suspension()
    {
        await AwaitAsync(await HoldAsync());
        await SignalAsync();
        await SuspendAsync(Assert.Single(await ClaimAsync()));

        await SignalAsync();

        Assert.Equal(RunStatus.Suspended, (await FindAsync()).Status);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R1658_A_suspension_that_does_not_know_of_a_message_becomes_a_release()
    {
        var held = await HoldAsync();
        await SignalAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CommitResult.Committed, await AwaitAsync(held, after: 0, wait: s_wait));

        Assert.Equal((RunStatus.Pending, null), ((await FindAsync()).Status, (await FindAsync()).WakesAt));
        Assert.Equal((2L, 1L), (Assert.Single(await ClaimAsync()).Epoch, (await FindAsync()).LastMessage));
    }

    [Fact]
    public async Task R1659_A_suspension_that_knows_the_last_message_holds_whether_it_was_taken_or_not()
    {
        await CreateAsync("taken");
        await CreateAsync("waits");
        foreach (var held in await ClaimAsync())
        {
            await SignalAsync(runId: held.RunId);
            await EffectAsync(held, new RunEffects { Taken = held.RunId == "taken" ? [1] : [] }, Awaiting(after: 1));
        }

        Assert.Empty(await ClaimAsync());
        foreach (var run in (string[])["taken", "waits"])
            await SignalAsync(runId: run);
        Assert.Equal(["taken", "waits"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1660_A_suspension_that_knows_less_than_was_taken_is_released_too()
    {
        var held = await HoldAsync();
        await SignalAsync();
        await SignalAsync();

        await EffectAsync(held, new RunEffects { Taken = [1] }, Awaiting(after: 1));

        Assert.Equal(RunStatus.Pending, (await FindAsync()).Status);
        Assert.Equal(2, Assert.Single(await InboxAsync()).Position);
    }

    [Fact]
    public async Task R1661_A_next_attempt_that_is_released_instead_is_a_next_attempt()
    {
        var held = await HoldAsync();
        await SignalAsync();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Transition = Awaiting(wait: s_wait) with { IsNextAttempt = true, FailingSet = [2] } });

        Assert.Equal((RunStatus.Pending, 2), ((await FindAsync()).Status, (await FindAsync()).Attempt));
        Assert.Equal([CheckpointStatus.Completed, CheckpointStatus.Cleared], (await ReadAsync()).Select(checkpoint => checkpoint.Status));
    }

    [Fact]
    public async Task R1662_A_message_that_races_a_suspension_is_never_lost()
    {
        await RaceAsync(async run =>
        {
            var suspending = Task.Run(() => AwaitAsync(run));
            var sending = Task.Run(() => SignalAsync(runId: run.RunId));

            Assert.Equal((CommitResult.Committed, SignalVerdict.Accepted), (await suspending, await sending));
            Assert.Equal(RunStatus.Pending, (await FindAsync(run.RunId)).Status);
            Assert.Equal(1, Assert.Single(await ClaimAsync(worker: "w2")).LastMessage);
        }, expired: false);
    }

    [Fact]
    public async Task R1663_A_run_that_is_woken_by_many_at_once_is_claimed_once()
    {
        await AwaitAsync(await HoldAsync());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => SignalAsync())));

        Assert.Equal(10, Assert.Single(await ClaimAsync()).LastMessage);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R1664_A_duplicate_wakes_nobody()
    {
        await CreateAsync("run");
        await SignalAsync(messageId: "m1");
        await AwaitAsync(Assert.Single(await ClaimAsync()), after: 1);

        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync(messageId: "m1"));

        Assert.Equal(RunStatus.Suspended, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R1665_A_cancellation_and_a_decision_wake_a_run_that_waits_for_messages_without_a_time()
    {
        await CreateAsync("canceled");
        await CreateAsync("decided");
        foreach (var held in await ClaimAsync())
            await AwaitAsync(held);

        await CancelAsync(runId: "canceled");
        Assert.True(await Store.DecideStepAsync(new StepDecision { RunId = "decided", Epoch = 1, Attempt = 1, Outcome = Step(1) }, default));

        Assert.Equal(["canceled", "decided"], Ids(await ClaimAsync()));
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R1666_Only_a_suspension_waits_for_messages(RunStatus status)
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = status, AwaitsMessagesAfter = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = RunStatus.Suspended }));
        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, Awaiting(wait: TimeSpan.FromTicks(-1))));

        Assert.Equal(RunStatus.Running, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R1667_A_run_that_was_terminated_in_such_a_wait_is_not_woken()
    {
        await AwaitAsync(await HoldAsync());
        await Store.TerminateRunAsync(new TerminateRequest("run", "why"u8.ToArray()), default);

        Assert.Equal(SignalVerdict.RunEnded, await SignalAsync());

        Assert.Empty(await ClaimAsync());
        Assert.Equal(RunStatus.Canceled, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R1668_A_wait_longer_than_there_is_time_lasts_until_a_message()
    {
        await AwaitAsync(await HoldAsync(), wait: TimeSpan.MaxValue);
        Clock.Advance(TimeSpan.FromDays(60));
        Assert.Empty(await ClaimAsync());

        await SignalAsync();

        Assert.Single(await ClaimAsync());
    }

    private static RunTransition Awaiting(long after = 0, TimeSpan? wait = null) => new() { Status = RunStatus.Suspended, AwaitsMessagesAfter = after, Wait = wait };

    private Task<CommitResult> AwaitAsync(RunRecord held, long after = 0, TimeSpan? wait = null) => LetGoAsync(held, Awaiting(after, wait));
}
