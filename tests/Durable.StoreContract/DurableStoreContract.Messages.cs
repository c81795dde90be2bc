namespace Durable.Storage.Contract;

/// <summary>Messages, requests and families after closing and opening.</summary>
public abstract partial class DurableStoreContract
{
    [Fact]
    public async Task R1018_An_inbox_is_kept_with_its_positions_and_message_ids()
    {
        var held = await HoldAsync();
        foreach (var id in (string[])["m1", "m2"])
            await Store.SendSignalAsync(new NewSignal { RunId = "run", Name = "go", MessageId = id, Payload = "1"u8.ToArray() }, default);
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Effects = new RunEffects { Taken = [2] } });

        await ReopenAsync();

        Assert.Equal((1L, "go", "1"), (await Store.ReadInboxAsync("run", 0, default)) is [var message] ? (message.Position, message.Name, Text(message.Payload)) : default);
        Assert.Equal(SignalVerdict.Duplicate, await Store.SendSignalAsync(new NewSignal { RunId = "run", Name = "go", MessageId = "m2" }, default));
        Assert.Equal(SignalVerdict.Accepted, await Store.SendSignalAsync(new NewSignal { RunId = "run", Name = "go" }, default));
        Assert.Equal(3, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1019_A_run_that_waits_for_messages_is_woken_after_opening()
    {
        await LetGoAsync(await HoldAsync("waits"), new RunTransition { Status = RunStatus.Suspended, AwaitsMessagesAfter = 0 });
        await LetGoAsync(await HoldAsync("sleeps"), new RunTransition { Status = RunStatus.Suspended, Wait = TimeSpan.FromDays(60) });

        await ReopenAsync();

        foreach (var run in (string[])["waits", "sleeps"])
            await Store.SendSignalAsync(new NewSignal { RunId = run, Name = "go" }, default);
        Assert.Equal(["waits"], Ids(await ClaimAsync()));
        Clock.Advance(TimeSpan.FromDays(60));
        Assert.Contains("sleeps", Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1020_A_request_keeps_its_times_and_is_answered_after_opening()
    {
        var held = await HoldAsync();
        var wait = TimeSpan.FromMinutes(1);
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Effects = new RunEffects { Requests = [.. ((string[])["a", "b"]).Select(id => new NewRequest { RequestId = id, Name = "ask", Timeout = wait, HeartbeatTimeout = wait })] } });
        await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "a" }, default);
        var before = await Store.FindRequestAsync("b", default);

        await ReopenAsync();

        Assert.Equal(before! with { Payload = default }, (await Store.FindRequestAsync("b", default))! with { Payload = default });
        Assert.Equal(["b"], (await Store.ListRequestsAsync(new RequestQuery { Max = 10 }, default)).Select(request => request.RequestId));
        Assert.Equal(RequestVerdict.Answered, await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "a" }, default));
        Assert.Equal(RequestVerdict.Accepted, await Store.HeartbeatRequestAsync("b", default));
        Clock.Advance(wait);
        Assert.Equal(RequestVerdict.TimedOut, await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "b" }, default));
    }

    [Fact]
    public async Task R1021_Families_values_streams_and_progress_are_kept_and_go_on()
    {
        var held = await HoldAsync();
        var effects = new RunEffects
        {
            Children = [new NewChild(Run("child"), ParentClosePolicy.Terminate)],
            Published = [new("key", "1"u8.ToArray())],
            Appended = [new("log", "1"u8.ToArray())],
            Progress = new RunProgress("half", 0.5),
            Dropped = [1],
        };
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Effects = effects });
        var before = await FindAsync();

        await ReopenAsync();

        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync()));
        Assert.Equal((1L, new RunProgress("half", 0.5)), (before.Dropped, before.Progress));
        Assert.Equal(("1", "1"), (Text((await Store.FindPublishedAsync("run", "key", default))!.Payload), Text(Assert.Single(await Store.ReadStreamAsync("run", "log", 0, 10, default)).Payload)));
        await Store.TerminateRunAsync(new TerminateRequest("run", "why"u8.ToArray()), default);
        Assert.Equal(RunStatus.Canceled, (await FindAsync("child")).Status);
    }

    [Fact]
    public async Task R1022_A_run_that_went_on_anew_is_kept_as_it_is_now()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Pending, Continuation = new ContinuedRun(Invoice, "[2]"u8.ToArray()) } });

        await ReopenAsync();

        Assert.Empty(await ReadAsync());
        var claimed = Assert.Single(await ClaimAsync(workflows: Invoice));
        Assert.Equal((1, "[2]", 2L, 0L), (claimed.Generation, Text(claimed.Input), claimed.Epoch, claimed.LastSequence));
    }
}
