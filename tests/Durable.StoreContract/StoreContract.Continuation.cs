namespace Durable.Storage.Contract;

/// <summary>Runs that go on from their beginning, and checkpoints that are no longer needed. 20xx.</summary>
public abstract partial class StoreContract
{
    private static readonly RunTransition s_goesOn = new() { Status = RunStatus.Pending, Continuation = new ContinuedRun(Order, "[2]"u8.ToArray()) };

    [Fact]
    public async Task R2001_A_run_goes_on_from_its_beginning_under_its_id()
    {
        await Store.CreateRunAsync(Run("run") with { Timeout = TimeSpan.FromDays(1) }, default);
        var held = Assert.Single(await ClaimAsync());
        await CommitStepAsync(held, 1);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(2)], Transition = s_goesOn }));

        Assert.Empty(await ReadAsync());
        var run = await FindAsync();
        Assert.Equal((RunStatus.Pending, Order, "[2]", 1, 0L, 1L, 1), (run.Status, run.Workflow, Text(run.Input), run.Generation, run.LastSequence, run.Epoch, run.Attempt));
        Assert.Equal((held.Fingerprint, held.CreatedAt, held.Deadline), (run.Fingerprint, run.CreatedAt, run.Deadline));
        Assert.Equal((null, Clock.GetUtcNow()), (held.ContinuedAt, run.ContinuedAt));
        var claimed = Assert.Single(await ClaimAsync());
        Assert.Equal((2L, "[2]", 1, 0L, 0), (claimed.Epoch, Text(claimed.Input), claimed.Generation, claimed.LastSequence, claimed.Takeovers));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(claimed, 1));
        Assert.Single(await ReadAsync());
    }

    [Fact]
    public async Task R2002_It_goes_on_as_another_workflow_and_is_claimed_as_that()
    {
        var held = await HoldAsync();

        await LetGoAsync(held, s_goesOn with { Continuation = new ContinuedRun(Invoice, default) });

        Assert.Empty(await ClaimAsync());
        Assert.Equal(["run"], (await Store.ListRunsAsync(new RunQuery { Max = 10, Workflow = "Invoice" }, default)).Select(run => run.RunId));
        Assert.Equal(Invoice, Assert.Single(await Store.CountRunsAsync(default)).Workflow);
        var claimed = Assert.Single(await ClaimAsync(workflows: Invoice));
        Assert.Equal((Invoice, true), (claimed.Workflow, claimed.Input.IsEmpty));
    }

    [Fact]
    public async Task R2003_It_is_due_since_then()
    {
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("earlier");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await LetGoAsync(held, s_goesOn);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync("later");

        Assert.Equal(["earlier", "run", "later"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R2004_The_epoch_still_fences()
    {
        var late = await HoldAsync();
        await LetGoAsync(late, s_goesOn);
        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(late, 1));
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(late, 1));
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(late, s_goesOn));
        Assert.Equal((1, "w2"), ((await FindAsync()).Generation, (await FindAsync()).Worker));
    }

    [Fact]
    public async Task R2005_Signals_stay_and_answers_and_children_s_ends_go()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));
        await StartAsync(held, new NewChild(Run("child"), ParentClosePolicy.Abandon));
        await SignalAsync("a", messageId: "m1");
        await AnswerAsync("q");
        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed);
        await SignalAsync("b");

        await LetGoAsync(held, s_goesOn);

        Assert.Equal([(1L, "a"), (4, "b")], (await InboxAsync()).Select(message => (message.Position, message.Name)));
        Assert.Equal(4, Assert.Single(await ClaimAsync()).LastMessage);
        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync(messageId: "m1"));
        await SignalAsync("c");
        Assert.Equal(5, (await InboxAsync())[^1].Position);
    }

    [Fact]
    public async Task R2006_Open_requests_are_closed_and_children_go_on()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));
        await StartAsync(held, new NewChild(Run("child"), ParentClosePolicy.Terminate));

        await EffectAsync(held, new RunEffects { Requests = [Ask("r")] }, s_goesOn);

        Assert.Equal((RequestState.Closed, RequestState.Closed), ((await RequestAsync("q")).State, (await RequestAsync("r")).State));
        Assert.Equal(RequestVerdict.Closed, await AnswerAsync("q"));
        Assert.Equal(RunStatus.Pending, (await FindAsync("child")).Status);
        // They are its children still: their ends are told, its end means something for them.
        var claimed = (await ClaimAsync()).Single(run => run.RunId == "run");
        await LetGoAsync(claimed, RunStatus.Completed);
        Assert.Equal(RunStatus.Canceled, (await FindAsync("child")).Status);
    }

    [Fact]
    public async Task R2007_What_it_showed_stays()
    {
        var held = await HoldAsync();
        await EffectAsync(held, Output("a", 0.5), s_goesOn);

        Assert.Equal(new RunProgress("a", 0.5), (await FindAsync()).Progress);
        await EffectAsync(Assert.Single(await ClaimAsync()), new RunEffects { Published = Named([("total", "b")]), Appended = Named([("log", "b")]) }, null, Step(1));

        Assert.Equal(2, (await PublishedAsync("total"))!.Version);
        Assert.Equal([0L, 1], (await StreamAsync("log")).Select(item => item.Offset));
    }

    [Fact]
    public async Task R2008_A_child_that_goes_on_is_its_parent_s_child_still()
    {
        var (parent, child) = await HoldFamilyAsync();

        await LetGoAsync(child, s_goesOn with { Continuation = new ContinuedRun(Invoice, default) });
        Assert.Empty(await InboxAsync(runId: "parent"));
        await LetGoAsync(Assert.Single(await ClaimAsync(workflows: Invoice)), RunStatus.Completed);

        Assert.Equal("child", Assert.Single(await InboxAsync(runId: "parent")).Name);
        Assert.Equal("parent", (await FindAsync("child")).Parent!.RunId);
        await LetGoAsync(parent, RunStatus.Completed);
    }

    [Fact]
    public async Task R2009_Attempts_and_takeovers_begin_anew_and_an_accepted_divergence_is_over()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Quarantined);
        await ResumeAsync(acceptDivergence: true);
        await ClaimAsync();
        Clock.Advance(Lease);
        var held = Assert.Single(await ClaimAsync(worker: "w2"));
        Assert.Equal((2, 1, true), (held.Attempt, held.Takeovers, held.AcceptDivergence));
        await CommitStepAsync(held, 7);

        await LetGoAsync(held, s_goesOn);

        var claimed = Assert.Single(await ClaimAsync());
        Assert.Equal((1, 0, false, 4L), (claimed.Attempt, claimed.Takeovers, claimed.AcceptDivergence, claimed.Epoch));
        Clock.Advance(Lease);
        Assert.Equal(1, Assert.Single(await ClaimAsync(worker: "w3")).Takeovers);
    }

    [Fact]
    public async Task R2010_Each_time_the_generation_is_one_higher()
    {
        await CreateAsync("run");
        for (var generation = 0; generation < 5; generation++)
        {
            var held = Assert.Single(await ClaimAsync());
            Assert.Equal(generation, held.Generation);
            await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Transition = s_goesOn });
        }

        Assert.Equal((5, 5L), ((await FindAsync()).Generation, (await FindAsync()).Epoch));
    }

    [Fact]
    public async Task R2011_A_cancellation_is_not_forgotten_by_it()
    {
        var held = await HoldAsync();
        await CancelAsync("why");

        Assert.Equal(CommitResult.CancelRequested, await LetGoAsync(held, s_goesOn));
        Assert.Equal(0, (await FindAsync()).Generation);
        Assert.Equal(CommitResult.Committed, await CommitAsync(Knowing(held) with { Transition = s_goesOn }));

        Assert.Equal(("why", 1), (Text((await FindAsync()).Cancellation), (await FindAsync()).Generation));
    }

    [Theory]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R2012_Only_a_release_goes_on(RunStatus status)
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, s_goesOn with { Status = status, Wait = status == RunStatus.Suspended ? s_wait : null }));

        Assert.Equal((RunStatus.Running, 0), ((await FindAsync()).Status, (await FindAsync()).Generation));
    }

    [Fact]
    public async Task R2013_A_start_of_the_same_id_finds_the_run_as_it_is_now()
    {
        await LetGoAsync(await HoldAsync(), s_goesOn);

        var found = await CreateAsync("run");

        Assert.Equal((false, "[2]", 42L, 1), (found.Created, Text(found.Run.Input), found.Run.Fingerprint, found.Run.Generation));
    }

    [Fact]
    public async Task R2014_It_ends_like_any_other_run()
    {
        await LetGoAsync(await HoldAsync(), s_goesOn);
        var held = Assert.Single(await ClaimAsync());
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 2, Checkpoints = [Step(1), Step(2)], Transition = new RunTransition { Status = RunStatus.Failed, FailingSet = [2] } });
        await ResumeAsync();

        Assert.Equal([CheckpointStatus.Completed, CheckpointStatus.Cleared], (await ReadAsync()).Select(checkpoint => checkpoint.Status));
        Assert.Equal((2, 1), (Assert.Single(await ClaimAsync()).Attempt, (await FindAsync()).Generation));
        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held, 3));
    }

    [Fact]
    public async Task R2051_Dropped_checkpoints_are_gone_and_counted()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1), Step(2), Step(3)] });

        await EffectAsync(held, new RunEffects { Dropped = [1, 3] }, null, Step(4));

        Assert.Equal([2L, 4], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
        Assert.Equal((2L, 4L), ((await FindAsync()).Dropped, (await FindAsync()).LastSequence));
        await LetGoAsync(held, RunStatus.Pending);
        Assert.Equal((2L, 4L), (Assert.Single(await ClaimAsync()).Dropped, (await FindAsync()).LastSequence));
    }

    [Fact]
    public async Task R2052_What_is_not_there_and_the_last_one_are_passed_over()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1), Step(2)] });

        await EffectAsync(held, new RunEffects { Dropped = [1, 1, 2, 99, 0] });
        await EffectAsync(held, new RunEffects { Dropped = [1, 2] });

        Assert.Equal([2L], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
        Assert.Equal((1L, 2L), ((await FindAsync()).Dropped, (await FindAsync()).LastSequence));
        await Assert.ThrowsAsync<ArgumentException>(() => CommitStepAsync(held, 2));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 3));
    }

    [Fact]
    public async Task R2053_A_commit_that_is_fenced_or_refused_drops_nothing()
    {
        var late = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1), Step(2)] });
        await Assert.ThrowsAsync<ArgumentException>(() => EffectAsync(late, new RunEffects { Dropped = [1] }, null, Step(2)));
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await EffectAsync(late, new RunEffects { Dropped = [1] }));

        Assert.Equal((2, 0L), ((await ReadAsync()).Count, (await FindAsync()).Dropped));
    }

    [Fact]
    public async Task R2054_A_loop_that_drops_what_it_has_done_does_not_grow()
    {
        var held = await HoldAsync();
        for (var sequence = 1L; sequence <= 200; sequence += 2)
            await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, LastSequence = sequence - 1, Checkpoints = [Step(sequence), Step(sequence + 1)], Effects = new RunEffects { Dropped = [sequence - 1, sequence] } });

        Assert.Equal([200L], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
        Assert.Equal((199L, 200L), ((await FindAsync()).Dropped, (await FindAsync()).LastSequence));
        Assert.Empty(await RenewAsync(held));
    }

    [Fact]
    public async Task R2055_What_was_dropped_is_not_counted_in_the_next_generation()
    {
        var held = await HoldAsync();
        await EffectAsync(held, new RunEffects { Dropped = [1] }, null, Step(1), Step(2));

        await LetGoAsync(held, s_goesOn);

        Assert.Equal((0L, 1), ((await FindAsync()).Dropped, (await FindAsync()).Generation));
    }

    [Fact]
    public async Task R2056_A_resume_clears_what_is_there_of_the_failing_set()
    {
        var held = await HoldAsync();
        await EffectAsync(held, new RunEffects { Dropped = [1] }, new RunTransition { Status = RunStatus.Failed, FailingSet = [1, 2] }, Step(1), Step(2), Step(3));

        await ResumeAsync();

        Assert.Equal([(2L, CheckpointStatus.Cleared), (3, CheckpointStatus.Completed)], (await ReadAsync()).Select(checkpoint => (checkpoint.Sequence, checkpoint.Status)));
    }
}
