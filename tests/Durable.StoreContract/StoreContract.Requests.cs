using System.Text;

namespace Durable.Storage.Contract;

/// <summary>Questions that runs ask, and who answers them. 17xx.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R1701_A_request_is_there_with_the_commit_that_asks_it()
    {
        var held = await HoldAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await AskAsync(held, Ask("q") with { Payload = "refund?"u8.ToArray(), Timeout = s_wait, HeartbeatTimeout = TimeSpan.FromMinutes(1) });

        var request = await RequestAsync("q");
        var now = Clock.GetUtcNow();
        Assert.Equal(("q", "run", "approve", RequestState.Open, "refund?"), (request.RequestId, request.RunId, request.Name, request.State, Text(request.Payload)));
        Assert.Equal((now, now + s_wait, TimeSpan.FromMinutes(1), now + TimeSpan.FromMinutes(1)), (request.CreatedAt, request.DueAt, request.HeartbeatTimeout, request.HeartbeatDueAt));
    }

    [Fact]
    public async Task R1702_A_request_without_limits_has_none()
    {
        await AskAsync(await HoldAsync(), Ask("q"));
        Clock.Advance(TimeSpan.FromDays(3_650));

        var request = await RequestAsync("q");

        Assert.Equal((null, null, null, true), (request.DueAt, request.HeartbeatTimeout, request.HeartbeatDueAt, request.Payload.IsEmpty));
        Assert.Equal(RequestVerdict.Accepted, await AnswerAsync("q"));
    }

    [Fact]
    public async Task R1703_An_unknown_request_is_not_found()
    {
        await AskAsync(await HoldAsync(), Ask("q"));

        Assert.Null(await Store.FindRequestAsync("Q", default));
        Assert.Equal((RequestVerdict.NotFound, RequestVerdict.NotFound), (await AnswerAsync("Q"), await BeatAsync("Q")));
    }

    [Fact]
    public async Task R1704_An_answer_goes_into_the_inbox_and_ends_the_request()
    {
        await AskAsync(await HoldAsync(), Ask("q"));
        await SignalAsync("before");
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RequestVerdict.Accepted, await AnswerAsync("q", "yes"));

        Assert.Equal(RequestState.Answered, (await RequestAsync("q")).State);
        var message = (await InboxAsync(after: 1)).Single();
        Assert.Equal((2L, InboxMessageKind.Answer, "q", Clock.GetUtcNow(), "yes", ""), (message.Position, message.Kind, message.Name, message.SentAt, Text(message.Payload), Text(message.Error)));
    }

    [Fact]
    public async Task R1705_A_rejection_goes_into_the_inbox_with_its_error()
    {
        await AskAsync(await HoldAsync(), Ask("q"));

        Assert.Equal(RequestVerdict.Accepted, await Store.AnswerRequestAsync(new RequestAnswer { RunId = "run", RequestId = "q", Error = "no"u8.ToArray() }, default));

        Assert.Equal(("", "no"), (Text((await InboxAsync())[0].Payload), Text((await InboxAsync())[0].Error)));
        Assert.Equal(RequestState.Answered, (await RequestAsync("q")).State);
    }

    [Fact]
    public async Task R1706_A_second_answer_is_refused_and_changes_nothing()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));
        await AnswerAsync("q", "first");

        Assert.Equal(RequestVerdict.Answered, await AnswerAsync("q", "second"));
        Assert.Equal(RequestVerdict.Answered, await BeatAsync("q"));
        await EffectAsync(held, new RunEffects { Taken = [1] });
        Assert.Equal(RequestVerdict.Answered, await AnswerAsync("q", "third"));

        Assert.Empty(await InboxAsync());
        Assert.Equal(1, (await FindAsync()).LastMessage);
    }

    [Fact]
    public async Task R1707_Of_many_answers_at_once_exactly_one_is_accepted()
    {
        await AskAsync(await HoldAsync(), Ask("q"));

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(who => Task.Run(() => AnswerAsync("q", $"{who}"))));

        Assert.Single(verdicts, RequestVerdict.Accepted);
        Assert.Equal($"{Array.IndexOf(verdicts, RequestVerdict.Accepted)}", Text(Assert.Single(await InboxAsync()).Payload));
    }

    [Fact]
    public async Task R1708_An_answer_for_another_run_is_not_found()
    {
        await AskAsync(await HoldAsync(), Ask("q"));
        await CreateAsync("other");

        Assert.Equal(RequestVerdict.NotFound, await Store.AnswerRequestAsync(new RequestAnswer { RunId = "other", RequestId = "q" }, default));

        Assert.Equal(RequestState.Open, (await RequestAsync("q")).State);
        Assert.Empty(await InboxAsync(runId: "other"));
    }

    [Fact]
    public async Task R1709_An_answer_comes_in_time_until_the_time_has_passed_by_the_store_s_clock()
    {
        await AskAsync(await HoldAsync(), Ask("early") with { Timeout = s_wait }, Ask("late") with { Timeout = s_wait });
        Clock.Advance(s_wait - TimeSpan.FromTicks(1));
        Assert.Equal(RequestVerdict.Accepted, await AnswerAsync("early"));
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(RequestVerdict.TimedOut, await AnswerAsync("late"));
        Assert.Equal(RequestVerdict.TimedOut, await BeatAsync("late"));
        Assert.Equal(RequestVerdict.Answered, await AnswerAsync("early"));

        Assert.Equal("early", Assert.Single(await InboxAsync()).Name);
        // Its run does not know yet.
        Assert.Equal((RequestState.Open, "late"), ((await RequestAsync("late")).State, Assert.Single(await OpenAsync()).RequestId));
    }

    [Fact]
    public async Task R1710_The_time_of_a_request_does_not_move()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q") with { Timeout = s_wait });
        var due = (await RequestAsync("q")).DueAt;
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 2, Effects = new RunEffects { Requests = [Ask("q") with { Timeout = s_wait * 2, Payload = "other"u8.ToArray() }] } });
        Clock.SetBack(TimeSpan.FromHours(1));

        var request = await RequestAsync("q");
        Assert.Equal((due, true), (request.DueAt, request.Payload.IsEmpty));
        Clock.Advance(TimeSpan.FromHours(1) + s_wait - Lease - TimeSpan.FromTicks(1));
        Assert.Equal(RequestVerdict.Accepted, await BeatAsync("q"));
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(RequestVerdict.TimedOut, await BeatAsync("q"));
    }

    [Fact]
    public async Task R1711_A_sign_of_life_moves_the_time_of_the_next_and_nothing_else()
    {
        await AskAsync(await HoldAsync(), Ask("q") with { Timeout = s_wait, HeartbeatTimeout = TimeSpan.FromMinutes(1) });
        var asked = await RequestAsync("q");
        Clock.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal(RequestVerdict.Accepted, await BeatAsync("q"));

        Assert.Equal(asked with { HeartbeatDueAt = Clock.GetUtcNow() + TimeSpan.FromMinutes(1), Payload = default }, await RequestAsync("q") with { Payload = default });
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(RequestVerdict.Accepted, await BeatAsync("q"));
        Assert.Empty(await InboxAsync());
    }

    [Fact]
    public async Task R1712_A_sign_of_life_that_comes_too_late_is_none()
    {
        await AskAsync(await HoldAsync(), Ask("q") with { HeartbeatTimeout = TimeSpan.FromMinutes(1) });
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((RequestVerdict.TimedOut, RequestVerdict.TimedOut), (await BeatAsync("q"), await AnswerAsync("q")));

        Assert.Equal(Clock.GetUtcNow(), (await RequestAsync("q")).HeartbeatDueAt);
        Assert.Empty(await InboxAsync());
    }

    [Fact]
    public async Task R1713_A_sign_of_life_for_a_request_that_needs_none_is_accepted_and_changes_nothing()
    {
        await AskAsync(await HoldAsync(), Ask("q") with { Timeout = s_wait });
        var before = await RequestAsync("q");
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RequestVerdict.Accepted, await BeatAsync("q"));

        Assert.Equal(before with { Payload = default }, await RequestAsync("q") with { Payload = default });
    }

    [Fact]
    public async Task R1714_A_request_that_its_run_closes_is_no_longer_answered_nor_listed()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q") with { Timeout = s_wait, HeartbeatTimeout = s_wait }, Ask("stays"));

        await EffectAsync(held, new RunEffects { ClosedRequests = ["q", "unknown"] });

        Assert.Equal((RequestVerdict.Closed, RequestVerdict.Closed), (await AnswerAsync("q"), await BeatAsync("q")));
        Assert.Equal((RequestState.Closed, "stays"), ((await RequestAsync("q")).State, Assert.Single(await OpenAsync()).RequestId));
        Assert.Empty(await InboxAsync());
        // That its time has passed is told first.
        Clock.Advance(s_wait);
        Assert.Equal(RequestVerdict.TimedOut, await AnswerAsync("q"));
    }

    [Fact]
    public async Task R1715_What_was_answered_cannot_be_closed()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));
        await AnswerAsync("q");

        await EffectAsync(held, new RunEffects { ClosedRequests = ["q"] });

        Assert.Equal(RequestState.Answered, (await RequestAsync("q")).State);
        Assert.Single(await InboxAsync());
    }

    [Fact]
    public async Task R1716_A_run_closes_its_own_requests_only()
    {
        await AskAsync(await HoldAsync("a"), Ask("q"));
        var other = await HoldAsync("b");

        await EffectAsync(other, new RunEffects { ClosedRequests = ["q"] });
        await LetGoAsync(other, RunStatus.Completed);

        Assert.Equal(RequestState.Open, (await RequestAsync("q")).State);
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    public async Task R1717_The_end_of_a_run_closes_its_open_requests(RunStatus status)
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("answered"), Ask("a"), Ask("b"));
        await AnswerAsync("answered");

        await LetGoAsync(held, status);

        Assert.Equal([RequestState.Answered, RequestState.Closed, RequestState.Closed], [(await RequestAsync("answered")).State, (await RequestAsync("a")).State, (await RequestAsync("b")).State]);
        Assert.Empty(await OpenAsync());
        Assert.Equal(RequestVerdict.Closed, await AnswerAsync("a"));
        Assert.Single(await InboxAsync());
    }

    [Fact]
    public async Task R1718_A_termination_closes_them_too()
    {
        await AskAsync(await HoldAsync(), Ask("q"));

        await Store.TerminateRunAsync(new TerminateRequest("run", "why"u8.ToArray()), default);

        Assert.Equal((RequestVerdict.Closed, RequestVerdict.Closed), (await AnswerAsync("q"), await BeatAsync("q")));
        Assert.Empty(await OpenAsync());
    }

    [Theory]
    [InlineData(RunStatus.Quarantined)]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Pending)]
    public async Task R1719_A_run_that_has_not_ended_still_asks(RunStatus status)
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));

        await BringToAsync(held, status);

        Assert.Equal("q", Assert.Single(await OpenAsync()).RequestId);
        Assert.Equal(RequestVerdict.Accepted, await AnswerAsync("q"));
        Assert.Equal(status, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R1720_A_request_that_is_asked_and_closed_by_one_commit_is_closed()
    {
        var held = await HoldAsync();

        await EffectAsync(held, new RunEffects { Requests = [Ask("q")], ClosedRequests = ["q"] });
        await EffectAsync(held, new RunEffects { Requests = [Ask("e")] }, new RunTransition { Status = RunStatus.Completed });

        Assert.Equal((RequestState.Closed, RequestState.Closed), ((await RequestAsync("q")).State, (await RequestAsync("e")).State));
    }

    [Fact]
    public async Task R1721_An_id_that_exists_is_not_asked_again_whoever_asks()
    {
        var held = await HoldAsync("a");
        await AskAsync(held, Ask("q") with { Payload = "first"u8.ToArray() });
        await AskAsync(await HoldAsync("b"), Ask("q") with { Payload = "second"u8.ToArray() }, Ask("r"));
        await AnswerAsync("q", runId: "a");
        await AskAsync(held, Ask("q"));

        var request = await RequestAsync("q");
        Assert.Equal(("a", "first", RequestState.Answered), (request.RunId, Text(request.Payload), request.State));
        Assert.Equal("b", Assert.Single(await OpenAsync()).RunId);
    }

    [Fact]
    public async Task R1722_An_answer_wakes_its_run_and_no_other()
    {
        await CreateAsync("asks");
        await CreateAsync("other");
        foreach (var held in await ClaimAsync())
            await EffectAsync(held, new RunEffects { Requests = held.RunId == "asks" ? [Ask("q")] : [] }, Awaiting());

        await AnswerAsync("q", runId: "asks");

        Assert.Equal(["asks"], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task R1723_An_answer_that_races_a_suspension_is_never_lost()
    {
        await RaceAsync(async run =>
        {
            await AskAsync(run, Ask($"q-{run.RunId}"));
            var suspending = Task.Run(() => AwaitAsync(run));
            var answering = Task.Run(() => AnswerAsync($"q-{run.RunId}", runId: run.RunId));

            Assert.Equal((CommitResult.Committed, RequestVerdict.Accepted), (await suspending, await answering));
            Assert.Equal(1, Assert.Single(await ClaimAsync(worker: "w2")).LastMessage);
        }, expired: false);
    }

    [Fact]
    public async Task R1724_Of_an_answer_and_a_close_at_once_exactly_one_takes_effect()
    {
        await RaceAsync(async run =>
        {
            await AskAsync(run, Ask($"q-{run.RunId}"));
            var closing = Task.Run(() => EffectAsync(run, new RunEffects { ClosedRequests = [$"q-{run.RunId}"] }));
            var answering = Task.Run(() => AnswerAsync($"q-{run.RunId}", runId: run.RunId));

            Assert.Equal(CommitResult.Committed, await closing);
            var accepted = await answering == RequestVerdict.Accepted;
            Assert.Equal((accepted ? RequestState.Answered : RequestState.Closed, accepted ? 1 : 0), ((await RequestAsync($"q-{run.RunId}")).State, (await InboxAsync(runId: run.RunId)).Count));
        }, expired: false);
    }

    [Fact]
    public async Task R1725_Open_requests_are_listed_oldest_first_those_of_one_instant_by_their_ids()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("c"), Ask("a"), Ask("\uFFFF"), Ask("\U0001F600"));
        Clock.Advance(TimeSpan.FromTicks(1));
        await AskAsync(held, Ask("b"));
        Clock.SetBack(TimeSpan.FromSeconds(1));
        await AskAsync(held, Ask("z"));

        Assert.Equal(["z", "a", "c", "\uFFFF", "\U0001F600", "b"], (await OpenAsync()).Select(request => request.RequestId));
    }

    [Fact]
    public async Task R1726_A_listing_is_by_run_and_by_name()
    {
        await AskAsync(await HoldAsync("a"), Ask("1"), Ask("2") with { Name = "other" });
        await AskAsync(await HoldAsync("b"), Ask("3"), Ask("4") with { Name = "other" });

        Assert.Equal(["1", "2"], await ListAsync(run: "a"));
        Assert.Equal(["2", "4"], await ListAsync(name: "other"));
        Assert.Equal(["4"], await ListAsync(run: "b", name: "other"));
        Assert.Empty(await ListAsync(run: "A"));
        Assert.Empty(await ListAsync(name: "%"));

        async Task<IEnumerable<string>> ListAsync(string? run = null, string? name = null)
            => (await Store.ListRequestsAsync(new RequestQuery { RunId = run, Name = name, Max = 10 }, default)).Select(request => request.RequestId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task R1727_Pages_list_each_open_request_once_whatever_is_answered_between_them(bool isOfOneRun)
    {
        var held = await HoldAsync();
        for (var number = 0; number < 25; number++)
        {
            await AskAsync(held, Ask($"{number:00}"));
            Clock.Advance(TimeSpan.FromTicks(number % 2));
        }

        var listed = new List<string>();
        RequestPosition? after = null;
        while (true)
        {
            var page = await Store.ListRequestsAsync(new RequestQuery { RunId = isOfOneRun ? "run" : null, After = after, Max = 4 }, default);
            listed.AddRange(page.Select(request => request.RequestId));
            if (page.Count < 4)
                break;
            after = page[^1].Position;
            await AnswerAsync(page[0].RequestId);
            await AnswerAsync(page[^1].RequestId);
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(number => $"{number:00}"), listed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(DurableLimits.MaxPageSize + 2)]
    public async Task R1728_A_page_has_a_size(int max)
        => await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ListRequestsAsync(new RequestQuery { Max = max }, default));

    [Fact]
    public async Task R1729_A_commit_that_is_fenced_asks_and_closes_nothing()
    {
        var late = await HoldAsync();
        await AskAsync(late, Ask("q"));
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await EffectAsync(late, new RunEffects { Requests = [Ask("r")], ClosedRequests = ["q"] }));

        Assert.Null(await Store.FindRequestAsync("r", default));
        Assert.Equal(RequestState.Open, (await RequestAsync("q")).State);
    }

    [Fact]
    public async Task R1730_Requests_with_times_that_are_none_are_refused_and_nothing_is_written()
    {
        var held = await HoldAsync();

        foreach (var wrong in (NewRequest[])[Ask("q") with { Timeout = TimeSpan.FromTicks(-1) }, Ask("q") with { HeartbeatTimeout = TimeSpan.Zero }, Ask("q") with { HeartbeatTimeout = TimeSpan.FromTicks(-1) }])
            await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1)], Effects = new RunEffects { Requests = [Ask("ok"), wrong] } }));

        Assert.Empty(await OpenAsync());
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task R1731_A_time_later_than_any_there_is_and_one_of_nothing_are_kept()
    {
        var held = await HoldAsync();

        await AskAsync(held, Ask("never") with { Timeout = TimeSpan.MaxValue, HeartbeatTimeout = TimeSpan.MaxValue }, Ask("at once") with { Timeout = TimeSpan.Zero });

        Assert.Equal((DateTimeOffset.MaxValue, DateTimeOffset.MaxValue), ((await RequestAsync("never")).DueAt, (await RequestAsync("never")).HeartbeatDueAt));
        Assert.Equal((RequestVerdict.Accepted, RequestVerdict.TimedOut), (await AnswerAsync("never"), await AnswerAsync("at once")));
    }

    [Fact]
    public async Task R1732_A_purged_run_s_requests_are_gone_and_their_ids_free()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));
        await LetGoAsync(held, RunStatus.Completed);
        await Store.PurgeRunsAsync(s_everythingEnded, default);

        Assert.Null(await Store.FindRequestAsync("q", default));
        Assert.Equal(RequestVerdict.NotFound, await AnswerAsync("q"));
        await AskAsync(await HoldAsync(), Ask("q") with { Payload = "new"u8.ToArray() });
        Assert.Equal("new", Text(Assert.Single(await OpenAsync()).Payload));
    }

    [Fact]
    public async Task R1733_Answers_do_not_count_as_signals_that_wait()
    {
        var held = await HoldAsync();
        await AskAsync(held, Ask("q"));
        for (var sent = 0; sent < DurableLimits.MaxSignalsWaiting; sent += 100)
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SignalAsync(payload: "")));

        Assert.Equal(RequestVerdict.Accepted, await AnswerAsync("q"));
        await EffectAsync(held, new RunEffects { Taken = [DurableLimits.MaxSignalsWaiting + 1] });

        Assert.Equal(SignalVerdict.InboxFull, await SignalAsync());
    }

    private static NewRequest Ask(string id) => new() { RequestId = id, Name = "approve" };

    private async Task AskAsync(RunRecord held, params NewRequest[] requests)
        => Assert.Equal(CommitResult.Committed, await EffectAsync(held, new RunEffects { Requests = requests }));

    private async Task<RequestRecord> RequestAsync(string id) => await Store.FindRequestAsync(id, default) ?? throw new InvalidOperationException($"Request '{id}' is not there.");

    private async Task<IReadOnlyList<RequestRecord>> OpenAsync() => await Store.ListRequestsAsync(new RequestQuery { Max = 100 }, default);

    private Task<RequestVerdict> AnswerAsync(string id, string answer = "yes", string runId = "run")
        => Store.AnswerRequestAsync(new RequestAnswer { RunId = runId, RequestId = id, Payload = Encoding.UTF8.GetBytes(answer) }, default).AsTask();

    private Task<RequestVerdict> BeatAsync(string id) => Store.HeartbeatRequestAsync(id, default).AsTask();
}
