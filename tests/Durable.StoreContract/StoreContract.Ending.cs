namespace Durable.Storage.Contract;

// 93x purging, 95x terminating.
public abstract partial class StoreContract
{
    [Fact]
    public async Task R931_A_purge_removes_a_run_with_all_its_checkpoints()
    {
        await EndAsync("run", RunStatus.Completed, steps: 3);

        Assert.Equal(1, await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Completed));

        Assert.Null(await Store.FindRunAsync("run", default));
        Assert.Empty(await ReadAsync());
        Assert.Empty(await Store.CountRunsAsync(default));
        Assert.Empty(await ListAsync());
        Assert.Null(await ResumeAsync());
    }

    [Fact]
    public async Task R932_Only_runs_of_the_statuses_are_purged_and_never_one_that_has_not_ended()
    {
        await CreateInEveryStatusAsync();
        Clock.Advance(TimeSpan.FromDays(1000));

        Assert.Equal(4, await PurgeAsync(TimeSpan.Zero, statuses: [RunStatus.Completed, RunStatus.Canceled, RunStatus.Completed]));
        Assert.Equal(8, (await ListAsync()).Count);
        Assert.Equal(4, await PurgeAsync(TimeSpan.Zero, statuses: [RunStatus.Failed, RunStatus.Quarantined]));
        Assert.Equal(["Pending-1", "Pending-2", "Running-1", "Running-2"], (await ListAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task R933_Age_counts_from_the_end_of_the_run_by_the_stores_clock()
    {
        await CreateAsync("run");
        Clock.Advance(TimeSpan.FromHours(2));
        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed);
        Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));

        Assert.Equal(0, await PurgeAsync(TimeSpan.FromHours(1), statuses: RunStatus.Completed));
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await PurgeAsync(TimeSpan.FromHours(1), statuses: RunStatus.Completed));
    }

    [Fact]
    public async Task R934_A_batch_takes_the_oldest_ends_first_and_no_more_than_asked_for()
    {
        foreach (var (id, workflow) in ((string, WorkflowIdentity)[])[("a", Order), ("b", Invoice), ("c", Order), ("d", Invoice)])
        {
            await CreateAsync(id, workflow);
            await LetGoAsync(Assert.Single(await ClaimAsync(workflows: [Order, Invoice])), id == "b" ? RunStatus.Canceled : RunStatus.Completed);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, await PurgeAsync(TimeSpan.Zero, 2, RunStatus.Completed, RunStatus.Canceled));
        Assert.Equal(["d", "c"], await ListAsync());
    }

    [Fact]
    public async Task R935_An_age_beyond_the_calendar_purges_nothing()
    {
        await EndAsync("run", RunStatus.Completed);

        Assert.Equal(0, await PurgeAsync(TimeSpan.MaxValue, statuses: RunStatus.Completed));
    }

    [Fact]
    public async Task R936_A_purged_id_can_be_created_anew_and_remembers_nothing()
    {
        await EndAsync("run", RunStatus.Failed, steps: 2);
        await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Failed);

        Assert.True((await CreateAsync("run", Invoice)).Created);

        var run = await FindAsync();
        Assert.Equal((RunStatus.Pending, 1, 0L, 0, null), (run.Status, run.Attempt, run.LastSequence, run.Error.Length, run.Worker));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task R937_Whoever_held_a_purged_run_stays_fenced_from_the_run_that_took_its_id()
    {
        var old = await HoldAsync();
        await TerminateAsync();
        await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Canceled);

        var held = await HoldAsync();

        Assert.True(held.Epoch > old.Epoch);
        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(old, 1));
        Assert.Single((await Store.RenewLeasesAsync(new LeaseRenewal([new RunLease("run", old.Epoch)], Lease), default)).Lost);
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Fact]
    public async Task R938_A_resumed_run_is_not_purged_until_it_has_ended_again()
    {
        await EndAsync("run", RunStatus.Failed);
        Clock.Advance(TimeSpan.FromDays(1));
        await ResumeAsync();
        Assert.Equal(0, await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Failed));

        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Failed);

        Assert.Equal(0, await PurgeAsync(TimeSpan.FromHours(1), statuses: RunStatus.Failed));
        Assert.Equal(1, await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Failed));
    }

    [Fact]
    public async Task R939_A_run_that_is_resumed_and_purged_at_once_is_either_there_whole_or_gone_whole()
    {
        for (var round = 0; round < 30; round++)
        {
            var id = $"run-{round}";
            await EndAsync(id, RunStatus.Failed, steps: 2);

            var resume = Task.Run(() => ResumeAsync(id));
            var purge = Task.Run(() => PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Failed));

            Assert.Equal(await purge == 1 ? null : RunStatus.Failed, await resume);
            Assert.Equal(await purge == 1 ? 0 : 2, (await ReadAsync(id)).Count);
            Assert.Equal(await purge == 1 ? null : RunStatus.Pending, (await Store.FindRunAsync(id, default))?.Status);
            await TerminateAsync(id);
        }
    }

    [Fact]
    public async Task R940_Runs_created_after_a_purge_are_claimed_in_their_order()
    {
        foreach (var id in (string[])["a", "b", "c"])
            await EndAsync(id, RunStatus.Completed);
        await CreateAsync("d");
        await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Completed);
        foreach (var id in (string[])["e", "f", "g", "h"])
            await CreateAsync(id);

        Assert.Equal(["d", "e", "f", "g", "h"], (await ClaimAsync()).Select(run => run.RunId));
    }

    [Fact]
    public async Task R941_A_purge_that_makes_no_sense_is_refused()
    {
        await RefusedAsync("have not ended", TimeSpan.Zero, 1, RunStatus.Running);
        await RefusedAsync("have not ended", TimeSpan.Zero, 1, RunStatus.Completed, RunStatus.Pending);
        await RefusedAsync("have not ended", TimeSpan.Zero, 1, RunStatus.Suspended);
        await RefusedAsync("No status", TimeSpan.Zero, 1);
        await RefusedAsync("negative", TimeSpan.FromTicks(-1), 1, RunStatus.Completed);
        await RefusedAsync("1 to 1000", TimeSpan.Zero, 0, RunStatus.Completed);
        await RefusedAsync("1 to 1000", TimeSpan.Zero, DurableLimits.MaxPurgeBatch + 1, RunStatus.Completed);
        await RefusedAsync("99 is no status", TimeSpan.Zero, 1, (RunStatus)99);

        async Task RefusedAsync(string why, TimeSpan age, int max, params RunStatus[] statuses)
            => Assert.Contains(why, (await Assert.ThrowsAsync<ArgumentException>(() => PurgeAsync(age, max, statuses))).Message);
    }

    [Fact]
    public async Task R942_Purging_batch_after_batch_comes_to_an_end()
    {
        for (var number = 0; number < 20; number++)
            await EndAsync($"run-{number}", RunStatus.Completed, steps: number);

        var (batches, purged) = (0, 0);
        while (await PurgeAsync(TimeSpan.Zero, 3, RunStatus.Completed) is > 0 and var removed)
        {
            Assert.InRange(removed, 1, 3);
            purged += removed;
            batches++;
        }

        Assert.Equal((20, true), (purged, batches >= 7));
    }

    [Fact]
    public async Task R943_Runs_that_ended_at_the_same_instant_are_purged_in_the_order_of_creation()
    {
        foreach (var (id, status) in ((string, RunStatus)[])[("d", RunStatus.Completed), ("a", RunStatus.Canceled), ("c", RunStatus.Completed), ("b", RunStatus.Canceled)])
            await EndAsync(id, status);

        Assert.Equal(2, await PurgeAsync(TimeSpan.Zero, 2, RunStatus.Canceled, RunStatus.Completed));
        Assert.Equal(["c", "b"], await ListAsync());
    }

    [Fact]
    public async Task R951_A_running_run_ends_at_once_with_the_error_and_keeps_its_checkpoints()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RunStatus.Running, await TerminateAsync(error: "why"));

        var run = await FindAsync();
        Assert.Equal((RunStatus.Canceled, 1L, 1L, (DateTimeOffset?)Clock.GetUtcNow()), (run.Status, run.Epoch, run.LastSequence, run.EndedAt));
        Assert.Equal("why"u8.ToArray(), run.Error.ToArray());
        Assert.Single(await ReadAsync());
    }

    [Fact]
    public async Task R952_Whoever_holds_a_terminated_run_is_fenced()
    {
        var held = await HoldAsync();
        await TerminateAsync();

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held, 1));
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(held, RunStatus.Completed));
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(held, RunStatus.Pending));
        Assert.Equal([new RunLease("run", held.Epoch)], (await Store.RenewLeasesAsync(new LeaseRenewal([new RunLease("run", held.Epoch)], Lease), default)).Lost);
        Assert.Equal(RunStatus.Canceled, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R953_A_pending_run_is_terminated_and_never_claimed()
    {
        await CreateAsync("run");

        Assert.Equal(RunStatus.Pending, await TerminateAsync());

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R954_A_run_whose_lease_has_passed_is_terminated_and_never_claimed_again()
    {
        await HoldAsync();
        Clock.Advance(Lease);

        await TerminateAsync();

        Assert.Empty(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R955_A_quarantined_run_is_terminated_and_the_new_error_takes_the_place_of_the_old()
    {
        await LetGoAsync(await HoldAsync(), new RunTransition { Status = RunStatus.Quarantined, Error = "diverged"u8.ToArray(), FailingSet = [1] });

        Assert.Equal(RunStatus.Quarantined, await TerminateAsync(error: "why"));

        Assert.Equal((RunStatus.Canceled, "why"), ((await FindAsync()).Status, System.Text.Encoding.UTF8.GetString((await FindAsync()).Error.Span)));
        Assert.Equal(RunStatus.Canceled, await ResumeAsync());
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    public async Task R956_A_run_that_ended_is_left_as_it_is(RunStatus status)
    {
        await LetGoAsync(await HoldAsync(), new RunTransition { Status = status, Result = "1"u8.ToArray(), Error = "old"u8.ToArray() });
        var before = await FindAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(status, await TerminateAsync(error: "new"));

        var after = await FindAsync();
        Assert.Equal((before.Status, before.EndedAt, "old"), (after.Status, after.EndedAt, System.Text.Encoding.UTF8.GetString(after.Error.Span)));
        Assert.Equal("1"u8.ToArray(), after.Result.ToArray());
    }

    [Fact]
    public async Task R957_An_unknown_run_is_not_terminated() => Assert.Null(await TerminateAsync("nobody"));

    [Fact]
    public async Task R958_Of_an_end_and_a_termination_at_once_exactly_one_takes_effect()
    {
        for (var round = 0; round < 30; round++)
        {
            var id = $"run-{round}";
            var held = await HoldAsync(id);

            var end = Task.Run(() => LetGoAsync(held, RunStatus.Completed));
            var terminate = Task.Run(() => TerminateAsync(id));

            var completed = await end == CommitResult.Committed;
            Assert.Equal(completed ? RunStatus.Completed : RunStatus.Running, await terminate);
            Assert.Equal(completed ? RunStatus.Completed : RunStatus.Canceled, (await FindAsync(id)).Status);
        }
    }

    [Fact]
    public async Task R959_A_terminated_run_is_listed_counted_and_purged_like_a_canceled_one()
    {
        await HoldAsync();
        await TerminateAsync();

        Assert.Equal(["run"], await ListAsync(statuses: [RunStatus.Canceled]));
        Assert.Equal(new RunCount(Order, RunStatus.Canceled, 1), Assert.Single(await Store.CountRunsAsync(default)));
        Assert.Equal(1, await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Canceled));
    }

    private async Task EndAsync(string runId, RunStatus status, int steps = 0)
    {
        var held = await HoldAsync(runId);
        await CommitAsync(new RunCommit
        {
            RunId = runId,
            Epoch = held.Epoch,
            Checkpoints = [.. Enumerable.Range(1, steps).Select(number => Step(number, held.Epoch))],
            Transition = new RunTransition { Status = status, Error = status == RunStatus.Failed ? "boom"u8.ToArray() : default },
        });
    }

    private async Task<RunStatus?> TerminateAsync(string runId = "run", string error = "")
        => await Store.TerminateRunAsync(new TerminateRequest(runId, System.Text.Encoding.UTF8.GetBytes(error)), default);
}
