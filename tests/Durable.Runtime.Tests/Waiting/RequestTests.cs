using System.Text;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>Requests: questions to the outside world.</summary>
public sealed class RequestTests : WaitingTests
{
    private IDurableClient Client => field ??= Simulation.Client(Define(_ => Task.FromResult("")));

    [Fact]
    public void A_request_is_listed_with_what_it_asks_and_its_age()
    {
        var run = Start(async w => await w.RequestAsync<string, bool>("refund", "1000 EUR?"));
        Advance(TimeSpan.FromHours(3));
        var request = Assert.Single(Open());
        Assert.Equal(("run", "refund", "\"1000 EUR?\"", TimeSpan.FromHours(3)), (request.RunId, request.Name, Encoding.UTF8.GetString(request.Payload.Span), request.Age));
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
    }

    [Fact]
    public void The_answer_comes_to_the_run_that_asked()
    {
        var run = Start(async w => await w.RequestAsync<string, string>("refund", "?"));
        Answer("granted");
        Assert.Equal("granted", Result(run));
        Assert.Empty(Open());
    }

    [Fact]
    public void A_second_answer_is_refused()
    {
        var run = Start(async w => await w.RequestAsync<string, string>("refund", "?"));
        var request = Assert.Single(Open());
        Answer("granted");
        Assert.Throws<RequestAnsweredException>(() => Simulation.Run(() => Client.AnswerRequestAsync(request.RequestId, "denied")));
        Assert.Equal("granted", Result(run));
    }

    [Fact]
    public void An_answer_to_an_unknown_request_is_refused()
    {
        Start(_ => Task.FromResult(""));
        Assert.Throws<RequestNotFoundException>(() => Simulation.Run(() => Client.AnswerRequestAsync("no such request", "x")));
    }

    [Fact]
    public void A_request_whose_time_has_passed_says_so_and_takes_no_answer()
    {
        var run = Start(async w => (await w.RequestAsync<string, string>("refund", "?", TimeSpan.FromHours(1))).IsTimedOut);
        var request = Assert.Single(Open());
        Assert.Equal(Now + TimeSpan.FromHours(1), request.DueAt);
        Advance(TimeSpan.FromHours(1));
        Assert.True(Result(run));
        Assert.True(Assert.Throws<RequestClosedException>(() => Simulation.Run(() => Client.AnswerRequestAsync(request.RequestId, "late"))).IsTimedOut);
    }

    [Fact]
    public void A_late_answer_is_refused_although_the_run_does_not_know_yet()
    {
        var workflow = Define(async w => (await w.RequestAsync<string, string>("refund", "?", TimeSpan.FromHours(1))).IsTimedOut);
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        var request = Assert.Single(Open());
        Simulation.Kill(host);
        Advance(TimeSpan.FromHours(1));
        Assert.Throws<RequestClosedException>(() => Simulation.Run(() => Client.AnswerRequestAsync(request.RequestId, "late")));
        var second = Simulation.Start(workflow);
        Assert.True(Simulation.Run(() => second.Client.GetRun<bool>("run").GetResultAsync()));
    }

    [Fact]
    public void An_answer_that_was_accepted_in_time_counts_although_nobody_worked_then()
    {
        var workflow = Define(async w => (await w.RequestAsync<string, string>("refund", "?", TimeSpan.FromHours(1))).TryGetValue(out var answer) ? answer : "timed out");
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(host);
        Answer("granted");
        Advance(TimeSpan.FromHours(2));
        var second = Simulation.Start(workflow);
        Assert.Equal("granted", Simulation.Run(() => second.Client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_rejection_is_a_failure_that_says_why()
    {
        var run = Start(async w =>
        {
            try
            {
                return await w.RequestAsync<string, string>("refund", "?");
            }
            catch (StepFailedException rejected) when (rejected.IsCausedBy<RequestRejectedException>())
            {
                return rejected.Error.Message;
            }
        });
        var request = Assert.Single(Open());
        Simulation.Run(() => Client.RejectRequestAsync(request.RequestId, "not my department"));
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("not my department", Result(run));
    }

    [Fact]
    public void A_sign_of_life_keeps_a_request_open()
    {
        var run = Start(async w => (await w.RequestAsync<string, string>("export", "?", new RequestOptions { HeartbeatTimeout = TimeSpan.FromMinutes(10) })).IsTimedOut ? "lost" : "done");
        var request = Assert.Single(Open());
        for (var i = 0; i < 5; i++)
        {
            Advance(TimeSpan.FromMinutes(6));
            Simulation.Run(() => Client.HeartbeatRequestAsync(request.RequestId));
        }

        Answer("file");
        Assert.Equal("done", Result(run));
    }

    [Fact]
    public void A_request_without_a_sign_of_life_times_out()
    {
        var run = Start(async w => (await w.RequestAsync<string, string>("export", "?", new RequestOptions { HeartbeatTimeout = TimeSpan.FromMinutes(10) })).IsTimedOut ? "lost" : "done");
        var request = Assert.Single(Open());
        Advance(TimeSpan.FromMinutes(6));
        Simulation.Run(() => Client.HeartbeatRequestAsync(request.RequestId));
        Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("lost", Result(run));
        Assert.True(Assert.Throws<RequestClosedException>(() => Simulation.Run(() => Client.HeartbeatRequestAsync(request.RequestId))).IsTimedOut);
    }

    [Fact]
    public void A_request_of_a_run_that_was_canceled_takes_no_answer()
    {
        var run = Start(async w => await w.RequestAsync<string, string>("refund", "?"));
        var request = Assert.Single(Open());
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Throws<RunCanceledException>(() => Result(run));
        Assert.False(Assert.Throws<RequestClosedException>(() => Simulation.Run(() => Client.AnswerRequestAsync(request.RequestId, "x"))).IsTimedOut);
        Assert.Empty(Open());
    }

    [Fact]
    public void A_resumed_run_asks_anew()
    {
        var run = Start(async w => await w.RequestAsync<string, string>("refund", "?"));
        var first = Assert.Single(Open());
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Throws<RunCanceledException>(() => Result(run));
        Simulation.Run(() => run.ResumeAsync());
        Simulation.Settle();
        Assert.NotEqual(first.RequestId, Assert.Single(Open()).RequestId);
        Answer("granted after all");
        Assert.Equal("granted after all", Result(run));
    }

    [Fact]
    public void A_crash_asks_no_second_time()
    {
        var workflow = Define(async w => await w.RequestAsync<string, string>("refund", "?"));
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        var request = Assert.Single(Open());
        Simulation.Kill(host);
        Simulation.Start(workflow);
        Simulation.PassLeases();
        Assert.Equal(request.RequestId, Assert.Single(Open()).RequestId);
    }

    [Fact]
    public void Two_requests_of_one_name_are_answered_each_by_its_id()
    {
        var run = Start(async w =>
        {
            var (a, b) = (w.RequestAsync<string, string>("approve", "a"), w.RequestAsync<string, string>("approve", "b"));
            return $"{await a} {await b}";
        });
        var open = Open();
        Simulation.Run(() => Client.AnswerRequestAsync(open.Single(request => Encoding.UTF8.GetString(request.Payload.Span) == "\"b\"").RequestId, "for b"));
        Simulation.Run(() => Client.AnswerRequestAsync(open.Single(request => Encoding.UTF8.GetString(request.Payload.Span) == "\"a\"").RequestId, "for a"));
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("for a for b", Result(run));
    }

    [Fact]
    public void Requests_are_listed_page_by_page_oldest_first()
    {
        Start(async w =>
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(i => w.RequestAsync<int, string>("approve", i)));
            return "";
        });
        var first = Simulation.Run(() => Client.ListRequestsAsync(pageSize: 3));
        var rest = Simulation.Run(() => Client.ListRequestsAsync(pageSize: 3, after: first[^1]));
        Assert.Equal((3, 2, 5), (first.Count, rest.Count, first.Concat(rest).Select(request => request.RequestId).Distinct().Count()));
    }

    private IReadOnlyList<RequestInfo> Open() => Simulation.Run(() => Client.ListRequestsAsync());

    private void Answer(string answer)
    {
        var request = Assert.Single(Open());
        Simulation.Run(() => Client.AnswerRequestAsync(request.RequestId, answer));
        Advance(TimeSpan.FromSeconds(1));
    }
}
