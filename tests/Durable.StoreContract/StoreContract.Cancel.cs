namespace Durable.Storage.Contract;

/// <summary>A run that is to be canceled: noted for good, told to whoever holds it, and never completed.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R571_A_cancellation_is_noted_and_changes_nothing_else_of_a_run_that_waits()
    {
        await CreateAsync("run");
        await CreateAsync("later");
        var before = await FindAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RunStatus.Pending, await CancelAsync("why"));

        var run = await FindAsync();
        Assert.Equal("why", Text(run.Cancellation));
        Assert.Equal(WithoutBytes(before), WithoutBytes(run));
        Assert.Equal(["run", "later"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R572_The_first_reason_stays()
    {
        await CreateAsync("run");
        await CancelAsync("first");

        Assert.Equal(RunStatus.Pending, await CancelAsync("second"));

        Assert.Equal("first", Text((await FindAsync()).Cancellation));
    }

    [Fact]
    public async Task R573_A_suspended_run_that_is_to_be_canceled_is_claimable_at_once()
    {
        await SuspendAsync(await HoldAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("behind it");

        Assert.Equal(RunStatus.Suspended, await CancelAsync());

        Assert.Equal((RunStatus.Pending, null), ((await FindAsync()).Status, (await FindAsync()).WakesAt));
        Clock.SetBack(TimeSpan.FromHours(1));
        var claimed = await ClaimAsync();
        Assert.Equal(["run", "behind it"], Ids(claimed));
        Assert.Equal((2L, 1), (claimed[0].Epoch, claimed[0].Attempt));
    }

    [Fact]
    public async Task R574_A_run_that_suspends_knowing_is_left_alone_however_often_it_is_to_be_canceled()
    {
        var held = await HoldAsync();
        await CancelAsync("first");
        Assert.Equal(CommitResult.Committed, await CommitAsync(Knowing(held) with { Transition = Suspension(s_wait) }));

        Assert.Equal(RunStatus.Suspended, await CancelAsync("second"));

        Assert.Empty(await ClaimAsync());
        Clock.Advance(s_wait);
        Assert.Equal("first", Text(Assert.Single(await ClaimAsync()).Cancellation));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R575_A_run_that_has_ended_or_is_quarantined_is_not_touched(RunStatus status)
    {
        await LetGoAsync(await HoldAsync(), new RunTransition { Status = status, Error = "boom"u8.ToArray() });
        var before = await FindAsync();

        Assert.Equal(status, await CancelAsync());

        var run = await FindAsync();
        Assert.Equal(WithoutBytes(before), WithoutBytes(run));
        Assert.Equal(("boom", ""), (Text(run.Error), Text(run.Cancellation)));
    }

    [Fact]
    public async Task R576_Canceling_an_unknown_run_returns_null() => Assert.Null(await CancelAsync(runId: "nobody"));

    [Fact]
    public async Task R577_A_cancellation_without_a_reason_is_refused()
    {
        await CreateAsync("run");

        await Assert.ThrowsAsync<ArgumentException>(() => CancelAsync(""));

        Assert.Equal(CommitResult.Committed, await CommitStepAsync(Assert.Single(await ClaimAsync()), 1));
    }

    [Fact]
    public async Task R578_A_commit_that_does_not_know_writes_nothing_and_is_told()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        Assert.Equal(RunStatus.Running, await CancelAsync());

        Assert.Equal(CommitResult.CancelRequested, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(2)], Cleared = [1] }));

        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync()).Status);
        Assert.Empty(await RenewAsync(held));
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R579_A_transition_that_does_not_know_lets_go_of_nothing_and_is_told(RunStatus status)
    {
        var held = await HoldAsync();
        await CancelAsync();

        Assert.Equal(
            CommitResult.CancelRequested,
            await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1)], Transition = new RunTransition { Status = status, Wait = status == RunStatus.Suspended ? s_wait : null } }));

        Assert.Equal((RunStatus.Running, 0L, null), ((await FindAsync()).Status, (await FindAsync()).LastSequence, (await FindAsync()).EndedAt));
        Assert.Equal(CommitResult.Committed, await CommitAsync(Knowing(held) with { Checkpoints = [Step(1)] }));
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R580_A_commit_that_knows_is_written(RunStatus status)
    {
        var held = await HoldAsync();
        await CancelAsync("why");

        Assert.Equal(CommitResult.Committed, await CommitAsync(Knowing(held) with { Checkpoints = [Step(1)] }));
        Assert.Equal(CommitResult.Committed, await CommitAsync(Knowing(held) with { Transition = new RunTransition { Status = status, Wait = status == RunStatus.Suspended ? s_wait : null } }));

        Assert.Equal((status, 1L, "why"), ((await FindAsync()).Status, (await FindAsync()).LastSequence, Text((await FindAsync()).Cancellation)));
    }

    [Fact]
    public async Task R581_A_commit_that_knows_cannot_complete_the_run()
    {
        var held = await HoldAsync();
        await CancelAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(Knowing(held) with { Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Completed } }));

        Assert.Equal((RunStatus.Running, 0L), ((await FindAsync()).Status, (await FindAsync()).LastSequence));
    }

    [Fact]
    public async Task R582_A_commit_may_know_what_nobody_asked_for()
    {
        var held = await HoldAsync();

        Assert.Equal(CommitResult.Committed, await CommitAsync(Knowing(held) with { Checkpoints = [Step(1)] }));

        Assert.True((await FindAsync()).Cancellation.IsEmpty);
    }

    [Fact]
    public async Task R583_A_holder_that_lost_the_run_is_fenced_whether_it_knows_or_not()
    {
        var late = await HoldAsync();
        await CancelAsync();
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(late, 1));
        Assert.Equal(CommitResult.Fenced, await CommitAsync(Knowing(late) with { Checkpoints = [Step(1)] }));
    }

    [Fact]
    public async Task R584_A_renewal_tells_which_of_the_renewed_are_to_be_canceled_in_the_order_given()
    {
        foreach (var id in (string[])["a", "b", "c", "d"])
            await HoldAsync(id);
        var held = (await Store.ListRunsAsync(new RunQuery { Max = 10 }, default)).ToDictionary(run => run.RunId, run => new RunLease(run.RunId, run.Epoch));
        foreach (var id in (string[])["b", "c", "d"])
            await CancelAsync(runId: id);
        await CommitAsync(new RunCommit { RunId = "c", Epoch = 1, KnowsCancellation = true, Transition = new RunTransition { Status = RunStatus.Canceled } });

        var renewed = await Store.RenewLeasesAsync(new LeaseRenewal([held["d"], held["c"], held["b"], held["a"]], Lease * 2), default);

        Assert.Equal([held["c"]], renewed.Lost);
        Assert.Equal([held["d"], held["b"]], renewed.CancelRequested);
        Clock.Advance(Lease);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R585_A_claim_carries_the_reason()
    {
        var held = await HoldAsync();
        await CancelAsync("why");
        await CommitAsync(Knowing(held) with { Transition = new RunTransition { Status = RunStatus.Pending } });

        Assert.Equal("why", Text(Assert.Single(await ClaimAsync()).Cancellation));
        Clock.Advance(Lease);
        Assert.Equal("why", Text(Assert.Single(await ClaimAsync(worker: "w2")).Cancellation));
    }

    [Fact]
    public async Task R586_A_resume_withdraws_the_cancellation()
    {
        var held = await HoldAsync();
        await CancelAsync();
        await CommitAsync(Knowing(held) with { Transition = new RunTransition { Status = RunStatus.Canceled, Error = "canceled"u8.ToArray() } });

        Assert.Equal(RunStatus.Canceled, await ResumeAsync());

        Assert.True((await FindAsync()).Cancellation.IsEmpty);
        var resumed = Assert.Single(await ClaimAsync());
        Assert.Equal((2, ""), (resumed.Attempt, Text(resumed.Cancellation)));
        Assert.Empty((await RenewAllAsync(resumed)).CancelRequested);
        Assert.Equal(CommitResult.Committed, await LetGoAsync(resumed, RunStatus.Completed));
    }

    [Fact]
    public async Task R587_A_resumed_run_can_be_canceled_anew()
    {
        var held = await HoldAsync();
        await CancelAsync("first");
        await CommitAsync(Knowing(held) with { Transition = new RunTransition { Status = RunStatus.Failed } });
        await ResumeAsync();

        await CancelAsync("second");

        Assert.Equal("second", Text(Assert.Single(await ClaimAsync()).Cancellation));
    }

    [Fact]
    public async Task R588_A_cancellation_does_not_renew_the_lease_and_does_not_end_it()
    {
        var held = await HoldAsync();
        Clock.Advance(Lease - TimeSpan.FromTicks(1));
        await CancelAsync();
        Assert.Empty(await ClaimAsync(worker: "w2"));
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(held.Epoch + 1, Assert.Single(await ClaimAsync(worker: "w2")).Epoch);
    }

    [Fact]
    public async Task R589_A_run_that_is_to_be_canceled_is_listed_as_such()
    {
        await CreateAsync("b");
        await CreateAsync("a");
        await CancelAsync(runId: "b");

        Assert.Equal([("b", true), ("a", false)], (await Store.ListRunsAsync(new RunQuery { Max = 10 }, default)).Select(run => (run.RunId, run.IsCancelRequested)));
    }

    [Fact]
    public async Task R590_A_large_reason_comes_back_whole()
    {
        var reason = new byte[300_000];
        new Random(7).NextBytes(reason);
        await CreateAsync("run");

        await Store.CancelRunAsync(new CancelRequest("run", reason), default);

        Assert.Equal(reason, (await FindAsync()).Cancellation.ToArray());
        Assert.Equal(CommitResult.CancelRequested, await CommitStepAsync(Assert.Single(await ClaimAsync()), 1));
    }

    private static RunCommit Knowing(RunRecord held) => new() { RunId = held.RunId, Epoch = held.Epoch, KnowsCancellation = true };

    private Task<RunStatus?> CancelAsync(string why = "why", string runId = "run")
        => Store.CancelRunAsync(new CancelRequest(runId, System.Text.Encoding.UTF8.GetBytes(why)), default).AsTask();
}
