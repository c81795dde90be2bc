using System.Text;

namespace Durable.Storage.Contract;

/// <summary>What holds for every verb and every text, for those of messages, requests and children: tokens, disposal, texts, payloads, repeats.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R361_A_commit_with_effects_repeated_exactly_never_takes_effect_twice()
    {
        var held = await HoldAsync();
        await SignalAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1), Step(2)] });
        var effects = Output("a", 0.5) with
        {
            Taken = [1],
            Requests = [Ask("q")],
            Children = [new NewChild(Run("child"), ParentClosePolicy.Cancel)],
            Dropped = [1],
        };
        var commit = new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(3)], Effects = effects };
        await CommitAsync(commit);
        await SignalAsync();
        await AnswerAsync("q");

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(commit));
        await EffectAsync(held, effects with { Published = [], Appended = [] });
        await EffectAsync(held, Output("b", 1), s_goesOn);
        Assert.Equal(CommitResult.Fenced, await EffectAsync(held, Output("b", 1), s_goesOn));

        Assert.Equal((2L, 2, 1), ((await PublishedAsync("total"))!.Version, (await StreamAsync("log")).Count, (await FindAsync()).Generation));
        Assert.Equal(2, Assert.Single(await InboxAsync()).Position);
        Assert.Equal((RequestState.Answered, 1L), ((await RequestAsync("q")).State, (await FindAsync("child")).LastSequence + 1));
    }

    [Fact]
    public async Task R362_A_signal_and_an_answer_repeated_exactly_are_told_from_first_ones()
    {
        await AskAsync(await HoldAsync(), Ask("q"));

        Assert.Equal((SignalVerdict.Accepted, SignalVerdict.Duplicate), (await SignalAsync(messageId: "m1"), await SignalAsync(messageId: "m1")));
        Assert.Equal((RequestVerdict.Accepted, RequestVerdict.Answered), (await AnswerAsync("q"), await AnswerAsync("q")));

        Assert.Equal(2, (await InboxAsync()).Count);
    }

    [Fact]
    public async Task R1114_A_signal_an_answer_or_a_sign_of_life_whose_token_has_fired_does_nothing()
    {
        await AskAsync(await HoldAsync(), Ask("q") with { HeartbeatTimeout = s_wait });
        var before = await RequestAsync("q");
        Clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.SendSignalAsync(new NewSignal { RunId = "run", Name = "go", MessageId = "m1" }, s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "q" }, s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.HeartbeatRequestAsync("q", s_fired));

        Assert.Empty(await InboxAsync());
        Assert.Equal(before with { Payload = default }, await RequestAsync("q") with { Payload = default });
        Assert.Equal(SignalVerdict.Accepted, await SignalAsync(messageId: "m1"));
    }

    [Fact]
    public async Task R1115_A_read_of_messages_whose_token_has_fired_is_canceled()
    {
        await CreateAsync("run");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadInboxAsync("run", 0, s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.FindRequestAsync("q", s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListRequestsAsync(new RequestQuery { Max = 1 }, s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.FindPublishedAsync("run", "key", s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadStreamAsync("run", "log", 0, 1, s_fired));
    }

    [Fact]
    public async Task R1116_A_disposed_store_refuses_the_verbs_of_messages()
    {
        await CreateAsync("run");
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SignalAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => InboxAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => RequestAsync("q"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => OpenAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AnswerAsync("q"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => BeatAsync("q"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => PublishedAsync("key"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => StreamAsync("log"));
    }

    [Fact]
    public async Task R1117_A_token_that_fires_during_a_commit_with_effects_leaves_all_of_it_or_nothing()
    {
        for (var number = 0; number < 40; number++)
        {
            await CreateAsync($"run-{number}");
            await SignalAsync(runId: $"run-{number}");
        }

        var held = await ClaimAsync(max: 40);
        using var source = new CancellationTokenSource();
        var commits = held.Select(run => Task.Run(async () =>
        {
            try
            {
                var effects = Output("a", 0.5) with { Taken = [1], Requests = [Ask(run.RunId)], Children = [new NewChild(Run($"{run.RunId}/child", Invoice), ParentClosePolicy.Abandon)] };
                await Store.CommitAsync(new RunCommit { RunId = run.RunId, Epoch = run.Epoch, Checkpoints = [Step(1)], Effects = effects }, source.Token);
            }
            catch (OperationCanceledException)
            {
            }
        })).ToArray();
        await Task.WhenAny(commits);
        await source.CancelAsync();
        await Task.WhenAll(commits);

        foreach (var run in held)
        {
            var isWritten = (await FindAsync(run.RunId)).LastSequence == 1;
            bool[] all =
            [
                (await InboxAsync(runId: run.RunId)).Count == 0, await Store.FindRequestAsync(run.RunId, default) is not null, await Store.FindRunAsync($"{run.RunId}/child", default) is not null,
                await PublishedAsync("total", run.RunId) is not null, (await StreamAsync("log", runId: run.RunId)).Count == 1, (await FindAsync(run.RunId)).Progress is not null,
            ];
            Assert.All(all, part => Assert.Equal(isWritten, part));
        }
    }

    [Fact]
    public async Task R1410_Hostile_names_and_ids_of_signals_come_back_exactly_and_are_all_different()
    {
        await CreateAsync("run");
        foreach (var text in HostileTexts.All)
            Assert.Equal(SignalVerdict.Accepted, await SignalAsync(text, messageId: text));

        Assert.Equal(HostileTexts.All, (await InboxAsync()).Select(message => message.Name));
        foreach (var text in HostileTexts.All)
            Assert.Equal(SignalVerdict.Duplicate, await SignalAsync("x", messageId: text));
    }

    [Fact]
    public async Task R1411_Hostile_ids_and_names_of_requests_come_back_exactly_and_are_all_different()
    {
        var held = await HoldAsync();
        await AskAsync(held, [.. HostileTexts.All.Select(text => Ask(text) with { Name = text, Payload = Encoding.UTF8.GetBytes(text) })]);

        foreach (var text in HostileTexts.All)
        {
            var request = await RequestAsync(text);
            Assert.Equal((text, text, text), (request.RequestId, request.Name, Text(request.Payload)));
            Assert.Equal(text, Assert.Single(await Store.ListRequestsAsync(new RequestQuery { Name = text, Max = 10 }, default)).RequestId);
        }

        foreach (var text in HostileTexts.All)
            Assert.Equal(RequestVerdict.Accepted, await AnswerAsync(text, text));
        Assert.Equal(HostileTexts.All, (await InboxAsync()).Select(message => message.Name));
        Assert.Equal(HostileTexts.All, (await InboxAsync()).Select(message => Text(message.Payload)));
    }

    [Fact]
    public async Task R1412_Hostile_keys_streams_and_status_texts_come_back_exactly_and_are_all_different()
    {
        var held = await HoldAsync();
        var named = HostileTexts.All.Select(text => new NamedPayload(text, Encoding.UTF8.GetBytes(text))).ToArray();
        await EffectAsync(held, new RunEffects { Published = named, Appended = named }, null, Step(1));

        foreach (var text in HostileTexts.All)
        {
            Assert.Equal((1L, text), ((await PublishedAsync(text))!.Version, Text((await PublishedAsync(text))!.Payload)));
            Assert.Equal(text, Text(Assert.Single(await StreamAsync(text)).Payload));
            await EffectAsync(held, new RunEffects { Progress = new RunProgress(text, 1) });
            Assert.Equal(text, (await FindAsync()).Progress!.Text);
        }
    }

    [Fact]
    public async Task R1413_Hostile_ids_of_families_come_back_exactly()
    {
        foreach (var text in HostileTexts.All.Where((_, index) => index % 5 == 0))
        {
            var parent = await HoldAsync(text);
            await StartAsync(parent, new NewChild(Run($"{text}/child"), ParentClosePolicy.Cancel));
            await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Completed);

            Assert.Equal((text, $"{text}/child"), ((await FindAsync($"{text}/child")).Parent!.RunId, Assert.Single(await InboxAsync(runId: text)).Name));
            await LetGoAsync(parent, RunStatus.Completed);
        }
    }

    [Fact]
    public async Task R1414_Texts_that_cannot_be_kept_are_refused_and_nothing_is_written()
    {
        var held = await HoldAsync();
        foreach (var text in HostileTexts.Refused)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => SignalAsync(text));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => SignalAsync(messageId: text));
            RunEffects[] mistakes =
            [
                new() { Requests = [Ask(text)] }, new() { Requests = [Ask("q") with { Name = text }] }, new() { Children = [new NewChild(Run(text), ParentClosePolicy.Cancel)] },
                new() { Published = [new(text, default)] }, new() { Appended = [new(text, default)] }, new() { Progress = new RunProgress(text, null) },
            ];
            foreach (var effects in mistakes)
                await Assert.ThrowsAnyAsync<ArgumentException>(() => EffectAsync(held, effects with { Requests = [Ask("ok"), .. effects.Requests] }, null, Step(1)));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => LetGoAsync(held, s_goesOn with { Continuation = new ContinuedRun(new WorkflowIdentity(text, 1), default) }));
        }

        Assert.Empty(await InboxAsync());
        Assert.Empty(await OpenAsync());
        Assert.Equal((0L, null, RunStatus.Running), ((await FindAsync()).LastSequence, (await FindAsync()).Progress, (await FindAsync()).Status));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(DurableLimits.MaxPayloadBytes)]
    public async Task R1415_Payloads_of_every_size_come_back_exactly_from_everywhere(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        var held = await HoldAsync();
        await EffectAsync(
            held,
            new RunEffects { Requests = [Ask("a") with { Payload = payload }, Ask("b")], Published = [new("total", payload)], Appended = [new("log", payload)], Children = [new NewChild(Run("child") with { Input = payload }, ParentClosePolicy.Cancel)] },
            null,
            Step(1));
        await Store.SendSignalAsync(new NewSignal { RunId = "run", Name = "go", Payload = payload }, default);
        await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "a", Payload = payload }, default);
        await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "b", Error = payload }, default);

        var inbox = await InboxAsync();
        ReadOnlyMemory<byte>[] all =
        [
            (await RequestAsync("a")).Payload, (await PublishedAsync("total"))!.Payload, (await StreamAsync("log"))[0].Payload, (await FindAsync("child")).Input, inbox[0].Payload, inbox[1].Payload, inbox[2].Error,
        ];
        Assert.All(all, stored => Assert.True(stored.Span.SequenceEqual(payload)));
        await LetGoAsync(held, s_goesOn with { Continuation = new ContinuedRun(Order, payload) });
        Assert.True((await FindAsync()).Input.Span.SequenceEqual(payload));
    }

    [Fact]
    public async Task R1416_The_longest_ids_names_and_texts_are_kept()
    {
        var (id, name, text) = (Long("\U0001F600", DurableLimits.MaxMessageIdLength), Long("\u4E2D", DurableLimits.MaxNameLength), Long("\u00E9", DurableLimits.MaxStatusTextLength));
        var held = await HoldAsync();
        await EffectAsync(held, new RunEffects { Requests = [Ask(Long("x", DurableLimits.MaxStepIdLength + DurableLimits.MaxRunIdLength)) with { Name = name }], Progress = new RunProgress(text, 1) });
        await SignalAsync(name, messageId: id);

        Assert.Equal((name, text, name), ((await InboxAsync())[0].Name, (await FindAsync()).Progress!.Text, Assert.Single(await OpenAsync()).Name));
        Assert.Equal(SignalVerdict.Duplicate, await SignalAsync(messageId: id));
        Assert.Equal(SignalVerdict.Accepted, await SignalAsync(messageId: id[2..]));
    }
}
