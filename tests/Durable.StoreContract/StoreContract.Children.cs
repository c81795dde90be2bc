namespace Durable.Storage.Contract;

/// <summary>Runs that start others. 18xx.</summary>
public abstract partial class StoreContract
{
    public static TheoryData<RunStatus, ParentClosePolicy> EndsAndPolicies
    {
        get
        {
            var all = new TheoryData<RunStatus, ParentClosePolicy>();
            foreach (var status in (RunStatus[])[RunStatus.Completed, RunStatus.Failed, RunStatus.Canceled])
            {
                foreach (var policy in Enum.GetValues<ParentClosePolicy>())
                    all.Add(status, policy);
            }

            return all;
        }
    }

    [Fact]
    public async Task R1801_A_child_is_a_run_like_any_other_that_names_its_parent()
    {
        var parent = await HoldAsync("parent");
        Clock.Advance(TimeSpan.FromSeconds(1));

        await StartAsync(parent, new NewChild(Run("child", Invoice) with { Timeout = s_wait, Checkpoints = [Step(1)] }, ParentClosePolicy.Terminate));

        var now = Clock.GetUtcNow();
        var child = await FindAsync("child");
        Assert.Equal(new RunParent("parent", ParentClosePolicy.Terminate), child.Parent);
        Assert.Equal((RunStatus.Pending, Invoice, 0L, 1, "{}", 42L, now, now + s_wait, 1L), (child.Status, child.Workflow, child.Epoch, child.Attempt, Text(child.Input), child.Fingerprint, child.CreatedAt, child.Deadline, child.LastSequence));
        Assert.Equal(child.Parent, Assert.Single(await ClaimAsync(workflows: Invoice)).Parent);
        Assert.Single(await ReadAsync("child"));
        var listed = (await Store.ListRunsAsync(new RunQuery { Max = 10 }, default)).ToDictionary(run => run.RunId, run => run.Parent);
        Assert.Equal((child.Parent, null), (listed["child"], listed["parent"]));
        Assert.Null((await FindAsync("parent")).Parent);
    }

    [Fact]
    public async Task R1802_A_commit_that_is_fenced_or_refused_starts_no_child()
    {
        var late = await HoldAsync("parent");
        await CommitStepAsync(late, 5);
        var child = new RunEffects { Children = [new NewChild(Run("child"), ParentClosePolicy.Cancel)] };
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "parent", Epoch = 1, Checkpoints = [Step(5)], Effects = child }));
        await CancelAsync(runId: "parent");
        Assert.Equal(CommitResult.CancelRequested, await EffectAsync(late, child));
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");
        Assert.Equal(CommitResult.Fenced, await CommitAsync(new RunCommit { RunId = "parent", Epoch = 1, Effects = child, KnowsCancellation = true }));

        Assert.Null(await Store.FindRunAsync("child", default));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R1803_A_run_that_exists_is_not_touched_and_becomes_nobody_s_child()
    {
        await LetGoAsync(await HoldAsync("child"), RunStatus.Completed);
        var before = await FindAsync("child");
        var parent = await HoldAsync("parent");

        await StartAsync(parent, new NewChild(Run("child", Invoice), ParentClosePolicy.Terminate));
        await StartAsync(parent, new NewChild(Run("other"), ParentClosePolicy.Abandon));
        await StartAsync(parent, new NewChild(Run("other", Invoice), ParentClosePolicy.Terminate));
        await LetGoAsync(parent, RunStatus.Completed);

        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync("child")));
        Assert.Equal((Order, RunStatus.Pending), ((await FindAsync("other")).Workflow, (await FindAsync("other")).Status));
    }

    [Fact]
    public async Task R1804_Children_of_one_commit_wait_in_their_order()
    {
        var parent = await HoldAsync("parent");

        await StartAsync(parent, [.. ((string[])["c", "a", "b"]).Select(id => new NewChild(Run(id), ParentClosePolicy.Cancel))]);

        Assert.Equal(["c", "a", "b"], Ids(await ClaimAsync()));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    public async Task R1805_The_parent_gets_one_message_when_its_child_ends(RunStatus status)
    {
        var (parent, child) = await HoldFamilyAsync();
        await SignalAsync(runId: "parent");
        Clock.Advance(TimeSpan.FromSeconds(1));

        await LetGoAsync(child, new RunTransition { Status = status, Result = "7"u8.ToArray(), Error = "boom"u8.ToArray() });
        await LetGoAsync(child, status);

        var message = Assert.Single(await InboxAsync(after: 1, runId: "parent"));
        Assert.Equal((2L, InboxMessageKind.ChildEnded, "child", Clock.GetUtcNow(), true, true), (message.Position, message.Kind, message.Name, message.SentAt, message.Payload.IsEmpty, message.Error.IsEmpty));
        Assert.Equal(2, Assert.Single((await RenewAllAsync(parent)).Messages).LastMessage);
    }

    [Fact]
    public async Task R1806_The_parent_is_told_of_a_termination_too_and_not_of_anything_but_an_end()
    {
        var (_, child) = await HoldFamilyAsync();
        await LetGoAsync(child, RunStatus.Pending);
        await LetGoAsync((await ClaimAsync()).Single(), RunStatus.Quarantined);
        Assert.Empty(await InboxAsync(runId: "parent"));

        await Store.TerminateRunAsync(new TerminateRequest("child", "why"u8.ToArray()), default);
        await Store.TerminateRunAsync(new TerminateRequest("child", "again"u8.ToArray()), default);

        Assert.Equal("child", Assert.Single(await InboxAsync(runId: "parent")).Name);
    }

    [Fact]
    public async Task R1807_A_child_s_end_wakes_its_parent_like_a_signal()
    {
        var (parent, child) = await HoldFamilyAsync();
        await AwaitAsync(parent);

        await LetGoAsync(child, RunStatus.Completed);

        Assert.Equal(["parent"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1808_A_parent_that_waits_for_no_message_sleeps_on()
    {
        var (parent, child) = await HoldFamilyAsync();
        await SuspendAsync(parent);

        await LetGoAsync(child, RunStatus.Completed);

        Assert.Empty(await ClaimAsync());
        Assert.Single(await InboxAsync(runId: "parent"));
    }

    [Fact]
    public async Task R1809_A_child_that_ended_before_its_parent_suspends_keeps_it_from_that()
    {
        var (parent, child) = await HoldFamilyAsync();
        await LetGoAsync(child, RunStatus.Completed);

        await AwaitAsync(parent, after: 0);

        Assert.Equal(["parent"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1810_A_child_s_end_that_races_its_parent_s_suspension_is_never_lost()
    {
        await RaceAsync(async parent =>
        {
            await StartAsync(parent, new NewChild(Run($"{parent.RunId}/child", Invoice), ParentClosePolicy.Cancel));
            var child = Assert.Single(await ClaimAsync(workflows: Invoice));
            var suspending = Task.Run(() => AwaitAsync(parent));
            var ending = Task.Run(() => LetGoAsync(child, RunStatus.Completed));

            Assert.Equal((CommitResult.Committed, CommitResult.Committed), (await suspending, await ending));
            Assert.Equal(1, Assert.Single(await ClaimAsync(worker: "w2")).LastMessage);
        }, expired: false);
    }

    [Fact]
    public async Task R1811_A_parent_that_has_ended_is_told_nothing_and_one_that_is_quarantined_is()
    {
        var (parent, child) = await HoldFamilyAsync(ParentClosePolicy.Abandon);
        await LetGoAsync(parent, RunStatus.Failed);
        await LetGoAsync(child, RunStatus.Completed);
        Assert.Empty(await InboxAsync(runId: "parent"));

        await ResumeAsync("parent");
        parent = Assert.Single(await ClaimAsync());
        await StartAsync(parent, new NewChild(Run("second"), ParentClosePolicy.Abandon));
        await LetGoAsync(parent, RunStatus.Quarantined);
        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed);

        Assert.Equal("second", Assert.Single(await InboxAsync(runId: "parent")).Name);
    }

    [Fact]
    public async Task R1812_A_child_that_is_resumed_and_ends_again_tells_again()
    {
        var (_, child) = await HoldFamilyAsync();
        await LetGoAsync(child, RunStatus.Failed);
        await ResumeAsync("child");

        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed);

        Assert.Equal([(1L, "child"), (2, "child")], (await InboxAsync(runId: "parent")).Select(message => (message.Position, message.Name)));
    }

    [Theory]
    [MemberData(nameof(EndsAndPolicies))]
    public async Task R1813_The_end_of_a_parent_means_for_its_children_what_their_policy_says(RunStatus end, ParentClosePolicy policy)
    {
        var parent = await HoldAsync("parent");
        string[] ids = ["pending", "running", "suspended", "awaiting", "quarantined"];
        await StartAsync(parent, [.. ids.Select(id => new NewChild(Run(id), policy))]);
        foreach (var child in (await ClaimAsync()).Where(child => child.RunId != "pending"))
            await (child.RunId == "awaiting" ? AwaitAsync(child) : BringToAsync(child, Enum.Parse<RunStatus>(child.RunId, ignoreCase: true)));
        await LetGoAsync((await FindAsync("pending")), RunStatus.Pending);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await LetGoAsync(parent, end);

        var children = new List<RunRecord>();
        foreach (var id in ids)
            children.Add(await FindAsync(id));
        var why = Text(MessageRules.ParentEnded("parent"));
        if (policy == ParentClosePolicy.Terminate)
        {
            Assert.All(children, child => Assert.Equal((RunStatus.Canceled, true, why, Clock.GetUtcNow()), (child.Status, child.IsFinal, Text(child.Error), child.EndedAt)));
            Assert.Empty(await InboxAsync(runId: "parent"));
            return;
        }

        var woken = policy == ParentClosePolicy.Cancel ? RunStatus.Pending : RunStatus.Suspended;
        Assert.Equal([RunStatus.Pending, RunStatus.Running, woken, woken, RunStatus.Quarantined], children.Select(child => child.Status));
        var reason = policy == ParentClosePolicy.Cancel ? why : "";
        Assert.Equal([reason, reason, reason, reason, ""], children.Select(child => Text(child.Cancellation)));
    }

    [Fact]
    public async Task R1814_The_first_reason_stays_and_a_child_that_has_ended_is_not_touched()
    {
        var parent = await HoldAsync("parent");
        await StartAsync(parent, new NewChild(Run("canceled"), ParentClosePolicy.Cancel), new NewChild(Run("ended"), ParentClosePolicy.Terminate));
        await CancelAsync("first", "canceled");
        await LetGoAsync((await ClaimAsync()).Single(run => run.RunId == "ended"), RunStatus.Failed);
        var before = await FindAsync("ended");

        await LetGoAsync(parent, RunStatus.Completed);

        Assert.Equal("first", Text((await FindAsync("canceled")).Cancellation));
        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync("ended")));
    }

    [Fact]
    public async Task R1815_A_termination_of_the_parent_is_an_end()
    {
        var parent = await HoldAsync("parent");
        await StartAsync(parent, new NewChild(Run("a"), ParentClosePolicy.Cancel), new NewChild(Run("b"), ParentClosePolicy.Terminate), new NewChild(Run("c"), ParentClosePolicy.Abandon));

        await Store.TerminateRunAsync(new TerminateRequest("parent", "why"u8.ToArray()), default);

        Assert.Equal((false, RunStatus.Canceled, RunStatus.Pending), ((await FindAsync("a")).Cancellation.IsEmpty, (await FindAsync("b")).Status, (await FindAsync("c")).Status));
        Assert.True((await FindAsync("c")).Cancellation.IsEmpty);
    }

    [Theory]
    [InlineData(RunStatus.Quarantined)]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Pending)]
    public async Task R1816_Nothing_but_an_end_means_anything_for_children(RunStatus status)
    {
        var (parent, _) = await HoldFamilyAsync(ParentClosePolicy.Terminate);

        await BringToAsync(parent, status);

        Assert.Equal((RunStatus.Running, true), ((await FindAsync("child")).Status, (await FindAsync("child")).Cancellation.IsEmpty));
    }

    [Fact]
    public async Task R1817_A_parent_that_is_canceled_takes_its_children_along_only_when_it_ends()
    {
        var (parent, child) = await HoldFamilyAsync();

        await CancelAsync(runId: "parent");
        Assert.True((await FindAsync("child")).Cancellation.IsEmpty);
        await CommitAsync(Knowing(parent) with { Transition = new RunTransition { Status = RunStatus.Canceled } });

        Assert.Equal(CommitResult.CancelRequested, await LetGoAsync(child, RunStatus.Completed));
        Assert.Equal([new RunLease("child", 1)], (await RenewAllAsync(child)).CancelRequested);
    }

    [Fact]
    public async Task R1818_Terminations_go_through_hundreds_of_generations_and_close_their_requests()
    {
        const int Generations = 300;
        var held = await HoldAsync("0");
        for (var generation = 1; generation <= Generations; generation++)
        {
            await EffectAsync(held, new RunEffects { Children = [new NewChild(Run($"{generation}"), ParentClosePolicy.Terminate)], Requests = [Ask($"q{generation}")] });
            held = Assert.Single(await ClaimAsync());
        }

        await Store.TerminateRunAsync(new TerminateRequest("0", "why"u8.ToArray()), default);

        Assert.Equal(Generations + 1, Assert.Single(await Store.CountRunsAsync(default)).Count);
        Assert.Equal((RunStatus.Canceled, Text(MessageRules.ParentEnded($"{Generations - 1}"))), ((await FindAsync($"{Generations}")).Status, Text((await FindAsync($"{Generations}")).Error)));
        Assert.Empty(await OpenAsync());
        Assert.Empty(await InboxAsync(runId: "0"));
    }

    [Fact]
    public async Task R1819_A_cancellation_stops_at_the_child_until_that_one_ends()
    {
        var (parent, child) = await HoldFamilyAsync();
        await StartAsync(child, new NewChild(Run("grandchild"), ParentClosePolicy.Cancel));

        await LetGoAsync(parent, RunStatus.Completed);
        Assert.True((await FindAsync("grandchild")).Cancellation.IsEmpty);
        await CommitAsync(Knowing(child) with { Transition = new RunTransition { Status = RunStatus.Canceled } });

        Assert.Equal(Text(MessageRules.ParentEnded("child")), Text((await FindAsync("grandchild")).Cancellation));
    }

    [Fact]
    public async Task R1820_Children_are_not_purged_while_their_parent_is_there_and_has_not_ended()
    {
        var (parent, child) = await HoldFamilyAsync();
        await LetGoAsync(child, RunStatus.Completed);
        await LetGoAsync(await HoldAsync("other"), RunStatus.Completed);
        var one = s_everythingEnded with { Max = 1 };

        // The child ended first, and starves nobody.
        Assert.Equal(1, await Store.PurgeRunsAsync(one, default));
        Assert.Equal(0, await Store.PurgeRunsAsync(one, default));
        Assert.NotNull(await Store.FindRunAsync("child", default));
        await LetGoAsync(parent, RunStatus.Quarantined);
        Assert.Equal(0, await Store.PurgeRunsAsync(one, default));
        await Store.TerminateRunAsync(new TerminateRequest("parent", "why"u8.ToArray()), default);

        Assert.Equal(1, await Store.PurgeRunsAsync(one, default));
        Assert.Null(await Store.FindRunAsync("child", default));
    }

    [Fact]
    public async Task R1821_A_parent_may_be_purged_before_its_children_which_still_name_it()
    {
        var (parent, child) = await HoldFamilyAsync(ParentClosePolicy.Abandon);
        await LetGoAsync(parent, RunStatus.Completed);
        Assert.Equal(1, await Store.PurgeRunsAsync(s_everythingEnded, default));

        Assert.Equal(CommitResult.Committed, await LetGoAsync(child, RunStatus.Completed));

        Assert.Equal("parent", (await FindAsync("child")).Parent!.RunId);
        Assert.Equal(1, await Store.PurgeRunsAsync(s_everythingEnded, default));
    }

    [Fact]
    public async Task R1822_A_run_that_took_the_id_of_a_purged_parent_is_nobody_s_parent()
    {
        var (parent, child) = await HoldFamilyAsync(ParentClosePolicy.Abandon);
        await LetGoAsync(parent, RunStatus.Completed);
        await Store.PurgeRunsAsync(s_everythingEnded, default);
        await CreateAsync("parent");

        await LetGoAsync(child, RunStatus.Completed);

        Assert.Empty(await InboxAsync(runId: "parent"));
        Assert.Equal(1, await Store.PurgeRunsAsync(s_everythingEnded, default));
    }

    [Fact]
    public async Task R1823_A_run_that_took_the_id_of_a_purged_child_is_nobody_s_child()
    {
        var (parent, child) = await HoldFamilyAsync(ParentClosePolicy.Terminate);
        await LetGoAsync(parent, RunStatus.Failed);
        Assert.Equal(CommitResult.Fenced, await LetGoAsync(child, RunStatus.Completed));
        Assert.Equal(1, await Store.PurgeRunsAsync(s_everythingEnded with { Statuses = [RunStatus.Canceled] }, default));
        await CreateAsync("child");
        await ResumeAsync("parent");

        await LetGoAsync((await ClaimAsync()).Single(run => run.RunId == "parent"), RunStatus.Completed);

        Assert.Equal((RunStatus.Running, null), ((await FindAsync("child")).Status, (await FindAsync("child")).Parent));
    }

    [Fact]
    public async Task R1824_A_child_s_end_that_races_its_parent_s_end_leaves_both_ended()
    {
        await RaceAsync(async parent =>
        {
            await StartAsync(parent, new NewChild(Run($"{parent.RunId}/child", Invoice), ParentClosePolicy.Terminate));
            var child = Assert.Single(await ClaimAsync(workflows: Invoice));
            var parentEnds = Task.Run(() => LetGoAsync(parent, RunStatus.Completed));
            var childEnds = Task.Run(() => LetGoAsync(child, RunStatus.Completed));

            Assert.Equal(CommitResult.Committed, await parentEnds);
            var itself = await childEnds == CommitResult.Committed;
            Assert.Equal(itself ? RunStatus.Completed : RunStatus.Canceled, (await FindAsync(child.RunId)).Status);
        }, expired: false);
    }

    [Fact]
    public async Task R1825_A_child_that_is_started_by_the_commit_that_ends_its_parent_is_treated_as_one()
    {
        var parent = await HoldAsync("parent");

        await EffectAsync(parent, new RunEffects { Children = [new NewChild(Run("a"), ParentClosePolicy.Terminate), new NewChild(Run("b"), ParentClosePolicy.Abandon)] }, new RunTransition { Status = RunStatus.Completed });

        Assert.Equal((RunStatus.Canceled, RunStatus.Pending), ((await FindAsync("a")).Status, (await FindAsync("b")).Status));
        Assert.Equal(["b"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1826_A_child_that_is_a_mistake_is_refused_and_nothing_is_written()
    {
        var parent = await HoldAsync("parent");

        foreach (var wrong in (NewRun[])[Run("c") with { Timeout = TimeSpan.FromTicks(-1) }, Run("c") with { Checkpoints = [Step(2), Step(1)] }])
            await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "parent", Epoch = 1, Checkpoints = [Step(1)], Effects = new RunEffects { Children = [new NewChild(Run("ok"), ParentClosePolicy.Cancel), new NewChild(wrong, ParentClosePolicy.Cancel)] } }));

        Assert.Null(await Store.FindRunAsync("ok", default));
        Assert.Empty(await ReadAsync("parent"));
    }

    [Fact]
    public async Task R1827_Children_begin_above_the_epochs_of_purged_runs()
    {
        await LetGoAsync(await HoldAsync("child"), RunStatus.Completed);
        await Store.PurgeRunsAsync(s_everythingEnded, default);
        var parent = await HoldAsync("parent");

        await StartAsync(parent, new NewChild(Run("child"), ParentClosePolicy.Cancel));

        Assert.Equal(2, Assert.Single(await ClaimAsync()).Epoch);
    }

    private async Task StartAsync(RunRecord parent, params NewChild[] children)
        => Assert.Equal(CommitResult.Committed, await EffectAsync(parent, new RunEffects { Children = children }));

    // Both are held.
    private async Task<(RunRecord Parent, RunRecord Child)> HoldFamilyAsync(ParentClosePolicy policy = ParentClosePolicy.Cancel)
    {
        var parent = await HoldAsync("parent");
        await StartAsync(parent, new NewChild(Run("child"), policy));
        return (parent, Assert.Single(await ClaimAsync()));
    }
}
