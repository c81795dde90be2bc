using System.Text;

namespace Durable.Storage.Contract;

/// <summary>Signals and the inbox. 16xx.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R1601_A_signal_that_was_accepted_is_in_the_inbox()
    {
        await CreateAsync("run");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var sentAt = Clock.GetUtcNow();

        Assert.Equal(SignalVerdict.Accepted, await SignalAsync("go", payload: "ü"));

        Clock.Advance(TimeSpan.FromSeconds(1));
        var message = Assert.Single(await InboxAsync());
        Assert.Equal((1L, InboxMessageKind.Signal, "go", sentAt, "ü", true), (message.Position, message.Kind, message.Name, message.SentAt, Text(message.Payload), message.Error.IsEmpty));
        Assert.Equal(TimeSpan.Zero, message.SentAt.Offset);
    }

    [Fact]
    public async Task R1602_Messages_are_read_in_the_order_of_acceptance_whatever_the_clock_says()
    {
        await CreateAsync("run");
        foreach (var name in (string[])["b", "a", "b", "c"])
        {
            await SignalAsync(name, payload: name);
            Clock.SetBack(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([(1L, "b"), (2, "a"), (3, "b"), (4, "c")], (await InboxAsync()).Select(message => (message.Position, message.Name)));
        Assert.Equal(4, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1603_Each_run_has_its_own_inbox_and_its_own_positions()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        await SignalAsync("x", "a");
        await SignalAsync("y", "b");
        await SignalAsync("z", "a");

        Assert.Equal([(1L, "x"), (2, "z")], (await InboxAsync(runId: "a")).Select(message => (message.Position, message.Name)));
        Assert.Equal([(1L, "y")], (await InboxAsync(runId: "b")).Select(message => (message.Position, message.Name)));
    }

    [Fact]
    public async Task R1604_Only_messages_above_the_position_are_read()
    {
        await CreateAsync("run");
        foreach (var name in (string[])["a", "b", "c"])
            await SignalAsync(name);

        Assert.Equal(["b", "c"], (await InboxAsync(after: 1)).Select(message => message.Name));
        Assert.Empty(await InboxAsync(after: 3));
        Assert.Empty(await InboxAsync(after: long.MaxValue));
    }

    [Fact]
    public async Task R1605_An_unknown_run_has_an_empty_inbox_and_accepts_no_signal()
    {
        Assert.Equal(SignalVerdict.RunNotFound, await SignalAsync(runId: "nobody"));
        Assert.Empty(await InboxAsync(runId: "nobody"));
        Assert.Null(await Store.FindRunAsync("nobody", default));
    }

    [Fact]
    public async Task R1606_A_second_sending_with_the_same_message_id_is_not_accepted_whatever_it_says()
    {
        await CreateAsync("run");
        Assert.Equal(SignalVerdict.Accepted, await SignalAsync("a", messageId: "m1", payload: "first"));

        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync("a", messageId: "m1", payload: "first"));
        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync("b", messageId: "m1", payload: "second"));

        Assert.Equal("first", Text(Assert.Single(await InboxAsync()).Payload));
        Assert.Equal(1, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1607_A_message_id_is_remembered_after_the_message_was_taken()
    {
        var held = await HoldAsync();
        await SignalAsync(messageId: "m1");
        await EffectAsync(held, new RunEffects { Taken = [1] });

        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync(messageId: "m1"));

        Assert.Empty(await InboxAsync());
    }

    [Fact]
    public async Task R1608_A_sender_who_repeats_what_was_accepted_is_told_so_also_when_the_run_has_ended()
    {
        var held = await HoldAsync();
        await SignalAsync(messageId: "m1");
        await LetGoAsync(held, RunStatus.Completed);

        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync(messageId: "m1"));
        Assert.Equal(SignalVerdict.RunEnded, await SignalAsync(messageId: "m2"));
        Assert.Equal(SignalVerdict.RunEnded, await SignalAsync(messageId: "m2"));
    }

    [Fact]
    public async Task R1609_Message_ids_are_those_of_one_run_and_signals_without_one_are_all_different()
    {
        await CreateAsync("a");
        await CreateAsync("b");

        foreach (var run in (string[])["a", "b"])
            Assert.Equal(SignalVerdict.Accepted, await SignalAsync(runId: run, messageId: "m1"));
        Assert.Equal(SignalVerdict.Accepted, await SignalAsync(runId: "a"));
        Assert.Equal(SignalVerdict.Accepted, await SignalAsync(runId: "a"));

        Assert.Equal((3, 1), ((await InboxAsync(runId: "a")).Count, (await InboxAsync(runId: "b")).Count));
    }

    [Fact]
    public async Task R1610_A_purged_run_s_message_ids_and_messages_are_forgotten()
    {
        var held = await HoldAsync();
        await SignalAsync(messageId: "m1");
        await LetGoAsync(held, RunStatus.Completed);
        Assert.Equal(1, await Store.PurgeRunsAsync(s_everythingEnded, default));
        await CreateAsync("run");

        Assert.Empty(await InboxAsync());
        Assert.Equal(0, (await FindAsync()).LastMessage);
        Assert.Equal(SignalVerdict.Accepted, await SignalAsync(messageId: "m1"));
        Assert.Equal(1, Assert.Single(await InboxAsync()).Position);
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R1611_A_run_that_has_not_ended_accepts_signals_and_is_otherwise_left_as_it_is(RunStatus status)
    {
        if (status == RunStatus.Pending)
            await CreateAsync("run");
        else
            await BringToAsync(await HoldAsync(), status);
        var before = await FindAsync();

        Assert.Equal(SignalVerdict.Accepted, await SignalAsync());

        Assert.Equal(WithoutBytes(before) with { LastMessage = 1 }, WithoutBytes(await FindAsync()));
        Assert.Single(await InboxAsync());
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    public async Task R1612_A_run_that_has_ended_accepts_none_and_keeps_what_it_had(RunStatus status)
    {
        var held = await HoldAsync();
        await SignalAsync("early");
        await LetGoAsync(held, status);

        Assert.Equal(SignalVerdict.RunEnded, await SignalAsync("late"));

        Assert.Equal("early", Assert.Single(await InboxAsync()).Name);
        Assert.Equal(1, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1613_A_run_that_was_terminated_accepts_none()
    {
        await CreateAsync("run");
        await Store.TerminateRunAsync(new TerminateRequest("run", "why"u8.ToArray()), default);

        Assert.Equal(SignalVerdict.RunEnded, await SignalAsync());
    }

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R1614_A_resumed_run_accepts_signals_and_finds_those_from_before(RunStatus status)
    {
        var held = await HoldAsync();
        await SignalAsync("before");
        await LetGoAsync(held, status);
        await ResumeAsync();

        Assert.Equal(SignalVerdict.Accepted, await SignalAsync("after"));

        Assert.Equal(["before", "after"], (await InboxAsync()).Select(message => message.Name));
        Assert.Equal(2, Assert.Single(await ClaimAsync()).LastMessage);
    }

    [Fact]
    public async Task R1615_What_a_commit_takes_leaves_the_inbox_and_nothing_else_does()
    {
        var held = await HoldAsync();
        foreach (var name in (string[])["a", "b", "c"])
            await SignalAsync(name);

        Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Taken = [2] }));

        Assert.Equal([(1L, "a"), (3, "c")], (await InboxAsync()).Select(message => (message.Position, message.Name)));
        Assert.Equal(3, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1616_A_position_never_comes_again_also_when_the_last_was_taken()
    {
        var held = await HoldAsync();
        await SignalAsync("a");
        await SignalAsync("b");
        await EffectAsync(held, new RunEffects { Taken = [1, 2] });

        await SignalAsync("c");

        Assert.Equal((3L, "c"), (Assert.Single(await InboxAsync()).Position, (await InboxAsync())[0].Name));
    }

    [Fact]
    public async Task R1617_Taking_what_is_not_there_changes_nothing()
    {
        var held = await HoldAsync();
        await SignalAsync("a");

        Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Taken = [0, 2, -1, 1, 1, 99] }));
        Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Taken = [1] }));

        Assert.Empty(await InboxAsync());
        Assert.Equal(1, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1618_A_commit_that_is_fenced_takes_nothing()
    {
        var late = await HoldAsync();
        await SignalAsync();
        Clock.Advance(Lease);
        var held = Assert.Single(await ClaimAsync(worker: "w2"));

        Assert.Equal(CommitResult.Fenced, await EffectAsync(late, new RunEffects { Taken = [1] }));

        Assert.Single(await InboxAsync());
        Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Taken = [1] }));
        Assert.Empty(await InboxAsync());
    }

    [Fact]
    public async Task R1619_A_commit_that_does_not_know_of_a_cancellation_takes_nothing()
    {
        var held = await HoldAsync();
        await SignalAsync();
        await CancelAsync();

        Assert.Equal(CommitResult.CancelRequested, await EffectAsync(held, new RunEffects { Taken = [1] }));

        Assert.Single(await InboxAsync());
    }

    [Fact]
    public async Task R1620_A_commit_that_is_refused_takes_nothing()
    {
        var held = await HoldAsync();
        await SignalAsync();
        await CommitStepAsync(held, 5);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(5)], Effects = new RunEffects { Taken = [1] } }));

        Assert.Single(await InboxAsync());
    }

    [Fact]
    public async Task R1621_A_commit_takes_from_the_inbox_of_its_own_run_only()
    {
        var held = await HoldAsync();
        await CreateAsync("other");
        await SignalAsync(runId: "other");

        await EffectAsync(held, new RunEffects { Taken = [1] });

        Assert.Single(await InboxAsync(runId: "other"));
    }

    [Fact]
    public async Task R1622_A_claim_and_a_renewal_tell_the_last_position()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        await SignalAsync(runId: "a");
        var held = (await ClaimAsync()).ToDictionary(run => run.RunId);
        Assert.Equal((1L, 0L), (held["a"].LastMessage, held["b"].LastMessage));
        await SignalAsync(runId: "a");
        await EffectAsync(held["a"], new RunEffects { Taken = [1, 2] });

        var renewed = await RenewAllAsync(held["b"], held["a"]);

        // What was taken counts: whoever knows the position knows the message.
        Assert.Equal([(new RunLease("a", 1), 2L)], renewed.Messages);
        await SignalAsync(runId: "b");
        Assert.Equal([(new RunLease("b", 1), 1L), (new RunLease("a", 1), 2L)], (await RenewAllAsync(held["b"], held["a"])).Messages);
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");
        Assert.Empty((await RenewAllAsync(held["b"], held["a"])).Messages);
    }

    [Fact]
    public async Task R1623_A_full_inbox_accepts_no_signal_until_the_run_takes_some()
    {
        var held = await HoldAsync();
        for (var sent = 0; sent < DurableLimits.MaxSignalsWaiting; sent += 100)
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ => Assert.Equal(SignalVerdict.Accepted, await SignalAsync(payload: ""))));

        Assert.Equal(SignalVerdict.InboxFull, await SignalAsync(messageId: "m1"));
        Assert.Equal(DurableLimits.MaxSignalsWaiting, (await FindAsync()).LastMessage);
        await EffectAsync(held, new RunEffects { Taken = [7, 7] });

        Assert.Equal(SignalVerdict.Accepted, await SignalAsync(messageId: "m1"));
        Assert.Equal(SignalVerdict.InboxFull, await SignalAsync());
        Assert.Equal(DurableLimits.MaxSignalsWaiting, (await InboxAsync()).Count);
    }

    [Fact]
    public async Task R1624_Of_many_senders_of_one_message_id_exactly_one_is_accepted()
    {
        await CreateAsync("run");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(sender => Task.Run(() => SignalAsync(messageId: "m1", payload: $"{sender}"))));

        Assert.Single(verdicts, SignalVerdict.Accepted);
        Assert.Equal(19, verdicts.Count(verdict => verdict == SignalVerdict.Duplicate));
        Assert.Equal($"{Array.IndexOf(verdicts, SignalVerdict.Accepted)}", Text(Assert.Single(await InboxAsync()).Payload));
    }

    [Fact]
    public async Task R1625_Signals_of_many_senders_all_arrive_each_sender_s_in_order()
    {
        await CreateAsync("run");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(sender => Task.Run(async () =>
        {
            for (var number = 0; number < 20; number++)
                Assert.Equal(SignalVerdict.Accepted, await SignalAsync($"{sender}", payload: $"{number}"));
        })));

        var inbox = await InboxAsync();
        Assert.Equal(Enumerable.Range(1, 200).Select(position => (long)position), inbox.Select(message => message.Position));
        foreach (var sender in inbox.GroupBy(message => message.Name))
            Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}"), sender.Select(message => Text(message.Payload)));
    }

    [Fact]
    public async Task R1626_A_message_read_does_not_change_any_more()
    {
        var held = await HoldAsync();
        await SignalAsync("a");
        var read = await InboxAsync();

        await EffectAsync(held, new RunEffects { Taken = [1] });
        await SignalAsync("b");

        Assert.Equal("a", Assert.Single(read).Name);
    }

    [Fact]
    public async Task R1627_A_commit_may_take_and_end_the_run_at_once()
    {
        var held = await HoldAsync();
        await SignalAsync("a");
        await SignalAsync("b");

        await EffectAsync(held, new RunEffects { Taken = [1] }, new RunTransition { Status = RunStatus.Completed });

        Assert.Equal(RunStatus.Completed, (await FindAsync()).Status);
        Assert.Equal("b", Assert.Single(await InboxAsync()).Name);
    }

    private Task<SignalVerdict> SignalAsync(string name = "go", string runId = "run", string? messageId = null, string payload = "1")
        => Store.SendSignalAsync(new NewSignal { RunId = runId, Name = name, MessageId = messageId, Payload = Encoding.UTF8.GetBytes(payload) }, default).AsTask();

    private async Task<IReadOnlyList<InboxMessage>> InboxAsync(long after = 0, string runId = "run") => await Store.ReadInboxAsync(runId, after, default);

    private Task<CommitResult> EffectAsync(RunRecord held, RunEffects effects, RunTransition? transition = null, params CheckpointRecord[] checkpoints)
        => CommitAsync(new RunCommit { RunId = held.RunId, Epoch = held.Epoch, Checkpoints = checkpoints, Effects = effects, Transition = transition });

    private Task<CommitResult> BringToAsync(RunRecord held, RunStatus status)
        => status == RunStatus.Running ? Task.FromResult(CommitResult.Committed) : LetGoAsync(held, new RunTransition { Status = status, Wait = status == RunStatus.Suspended ? s_wait : null });
}
