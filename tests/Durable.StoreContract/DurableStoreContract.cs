namespace Durable.Storage.Contract;

/// <summary>
/// What a store promises that outlives its process, as numbered requirements. The test project of a durable store inherits this class beside <see cref="StoreContract"/>.
/// 10xx closing and opening.
/// </summary>
/// <param name="factory">Makes the store under test; <see cref="StoreFactory.IsDurable"/> is true.</param>
public abstract partial class DurableStoreContract(StoreFactory factory) : StoreSuite(factory)
{
    private static readonly Comparer<RunCount> s_byText = Comparer<RunCount>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    [Fact]
    public async Task R1001_Runs_and_checkpoints_are_there_after_closing_and_opening()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        var (run, checkpoint) = (await FindAsync(), Assert.Single(await ReadAsync()));

        await ReopenAsync();

        Assert.Equal(WithoutBytes(run), WithoutBytes(await FindAsync()));
        Assert.Equal(WithoutBytes(checkpoint), WithoutBytes(Assert.Single(await ReadAsync())));
        Assert.Equal(("{}", "1"), (Text((await FindAsync()).Input), Text(Assert.Single(await ReadAsync()).Result)));
    }

    [Fact]
    public async Task R1002_Everything_that_returned_before_the_store_was_closed_is_there()
    {
        var creating = Enumerable.Range(0, 100).Select(number => Task.Run(() => CreateAsync($"run-{number}"))).ToArray();
        await Task.WhenAny(creating);

        await ReopenAsync();

        for (var number = 0; number < creating.Length; number++)
        {
            var refused = await Record.ExceptionAsync(() => creating[number]) is not null;
            Assert.Equal(refused, await Store.FindRunAsync($"run-{number}", default) is null);
        }
    }

    [Fact]
    public async Task R1003_The_failing_set_is_kept_for_the_resume()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Transition = new RunTransition { Status = RunStatus.Failed, Error = "boom"u8.ToArray(), FailingSet = [2] } });

        await ReopenAsync();

        Assert.Equal("boom", Text((await FindAsync()).Error));
        Assert.Equal(RunStatus.Failed, await ResumeAsync());
        Assert.Equal([CheckpointStatus.Completed, CheckpointStatus.Cleared], (await ReadAsync()).Select(checkpoint => checkpoint.Status));
    }

    [Fact]
    public async Task R1004_A_resume_that_accepts_divergence_is_kept_for_the_claim()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Quarantined);
        await ResumeAsync(acceptDivergence: true);

        await ReopenAsync();

        var run = Assert.Single(await ClaimAsync());
        Assert.Equal((true, 2, 2L), (run.AcceptDivergence, run.Attempt, run.Epoch));
    }

    [Fact]
    public async Task R1005_Waiting_runs_keep_their_order_also_those_of_one_instant()
    {
        string[] ids = ["c", "a", "d", "b"];
        foreach (var id in ids)
        {
            await CreateAsync(id);
            if (id == "a")
                Clock.Advance(TimeSpan.FromTicks(1));
        }

        await ReopenAsync();

        Assert.Equal(ids, Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1006_A_run_left_running_is_claimable_at_once_or_where_many_may_work_when_its_lease_has_passed()
    {
        await HoldAsync();

        await ReopenAsync();
        Clock.Advance(Factory.AllowsManyWorkers ? Lease : TimeSpan.Zero);

        var run = Assert.Single(await ClaimAsync(worker: "w2"));
        Assert.Equal((2L, 1), (run.Epoch, run.Attempt));
    }

    [Fact]
    public async Task R1007_The_holder_from_before_is_fenced_once_the_run_is_claimed()
    {
        var late = await HoldAsync();
        await ReopenAsync();
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(late, 1));
        Assert.Single(await RenewAsync(late));
    }

    [Fact]
    public async Task R1008_Sequences_go_on_above_the_last()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 5);
        await ReopenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => CommitStepAsync(held, 5));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 6));
    }

    [Fact]
    public async Task R1009_Runs_are_counted_as_before()
    {
        await LetGoAsync(await HoldAsync("a"), RunStatus.Completed);
        await CreateAsync("b");
        await CreateAsync("c", Invoice);
        var before = await Store.CountRunsAsync(default);

        await ReopenAsync();

        Assert.Equal(before.Order(s_byText), (await Store.CountRunsAsync(default)).Order(s_byText));
    }

    [Fact]
    public async Task R1010_Hostile_ids_come_back_exactly()
    {
        foreach (var id in HostileTexts.All)
            await CreateAsync(id);

        await ReopenAsync();

        Assert.Equal(HostileTexts.All, Ids(await ClaimAsync(max: 1_000)));
        Assert.False((await CreateAsync(HostileTexts.All[^1])).Created);
    }

    [Fact]
    public async Task R1011_A_store_may_be_closed_and_opened_many_times()
    {
        await CreateAsync("run");
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            var held = Assert.Single(await ClaimAsync());
            Assert.Equal(epoch, held.Epoch);
            await CommitStepAsync(held, epoch);
            await LetGoAsync(held, RunStatus.Pending);
            await ReopenAsync();
        }

        Assert.Equal([1L, 2, 3, 4, 5], (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R1012_Waits_end_when_they_would_have_without_closing()
    {
        var held = await HoldAsync();
        var wait = TimeSpan.FromMinutes(1);
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Wait = wait }], Transition = new RunTransition { Status = RunStatus.Suspended, Wait = wait } });
        var (run, checkpoint) = (await FindAsync(), Assert.Single(await ReadAsync()));
        Clock.Advance(wait / 2);

        await ReopenAsync();

        Assert.Equal(WithoutBytes(run), WithoutBytes(await FindAsync()));
        Assert.Equal(WithoutBytes(checkpoint), WithoutBytes(Assert.Single(await ReadAsync())));
        Assert.Empty(await ClaimAsync());
        Clock.Advance(wait / 2);
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task R1013_A_cancellation_and_its_reason_are_kept_also_those_of_a_run_that_is_held()
    {
        await HoldAsync("held");
        await CreateAsync("waits");
        await CancelAsync("waits", "first");
        await CancelAsync("held", "second");

        await ReopenAsync();
        await CancelAsync("waits", "third");
        Clock.Advance(Lease);

        Assert.Equal([("waits", "first"), ("held", "second")], (await ClaimAsync(worker: "w2")).Select(run => (run.RunId, Text(run.Cancellation))).OrderByDescending(run => run.RunId, StringComparer.Ordinal));
        Assert.Equal(CommitResult.CancelRequested, await CommitAsync(new RunCommit { RunId = "held", Epoch = 2, Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Completed } }));
    }

    [Fact]
    public async Task R1014_A_claim_after_opening_counts_as_a_takeover_of_what_was_left_running()
    {
        await HoldAsync();

        for (var takeovers = 1; takeovers <= 3; takeovers++)
        {
            await ReopenAsync();
            Clock.Advance(Factory.AllowsManyWorkers ? Lease : TimeSpan.Zero);
            Assert.Equal(takeovers, Assert.Single(await ClaimAsync(worker: "w2")).Takeovers);
        }
    }

    [Fact]
    public async Task R1015_A_checkpoint_stored_before_closing_ends_the_row_of_takeovers()
    {
        await HoldAsync();
        Clock.Advance(Lease);
        await CommitStepAsync(Assert.Single(await ClaimAsync()), 1);

        await ReopenAsync();
        Clock.Advance(Lease);

        Assert.Equal(1, Assert.Single(await ClaimAsync()).Takeovers);
    }

    [Fact]
    public async Task R1016_Deadlines_final_ends_and_checkpoints_to_begin_with_are_kept()
    {
        await LetGoAsync(await HoldAsync("final"), new RunTransition { Status = RunStatus.Failed, IsFinal = true });
        await Store.CreateRunAsync(Run("begun") with { Timeout = TimeSpan.FromHours(1), Checkpoints = [Step(1), Step(2)] }, default);
        var (begun, final) = (await FindAsync("begun"), await FindAsync("final"));

        await ReopenAsync();

        Assert.Equal(WithoutBytes(begun), WithoutBytes(await FindAsync("begun")));
        Assert.Equal(WithoutBytes(final), WithoutBytes(await FindAsync("final")));
        Assert.Equal(RunStatus.Failed, await ResumeAsync("final"));
        Assert.Equal(["begun"], Ids(await ClaimAsync()));
        Assert.Equal([1L, 2], (await ReadAsync("begun")).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R1017_What_an_operator_decided_is_kept()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Transition = new RunTransition { Status = RunStatus.Quarantined } });
        await Store.DecideStepAsync(new StepDecision { RunId = "run", Epoch = 1, Attempt = 1, Cleared = [1], Outcome = Step(2) with { Result = "decided"u8.ToArray() } }, default);

        await ReopenAsync();

        var claimed = Assert.Single(await ClaimAsync());
        Assert.Equal((2, 2L, 2L), (claimed.Attempt, claimed.Epoch, claimed.LastSequence));
        Assert.Equal([(CheckpointStatus.Cleared, "1"), (CheckpointStatus.Completed, "decided")], (await ReadAsync()).Select(checkpoint => (checkpoint.Status, Text(checkpoint.Result))));
    }

    private Task<RunStatus?> CancelAsync(string runId, string why)
        => Store.CancelRunAsync(new CancelRequest(runId, System.Text.Encoding.UTF8.GetBytes(why)), default).AsTask();
}
