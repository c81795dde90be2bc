using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>Runs are listed page by page, as operators ask for them.</summary>
public sealed class ListRunsTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> _echo = TestWorkflow.Define("Echo", (_, input) => Task.FromResult(input));
    private readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> _fail =
        TestWorkflow.Define("Fail", (_, input) => Task.FromException<string>(new InvalidOperationException(input)));

    [Fact]
    public void Without_a_filter_all_runs_are_listed_newest_first()
    {
        var client = Runs();
        var page = List(client);
        Assert.Equal(["fail-2", "echo-2", "fail-1", "echo-1"], page.Runs.Select(run => run.RunId));
        Assert.Null(page.Continuation);
    }

    [Fact]
    public void A_listed_run_is_what_its_handle_tells()
    {
        var client = Runs();
        var listed = List(client, new RunFilter { RunIdPrefix = "fail-2" }).Runs.Single();
        var info = _simulation.Run(() => client.GetRun("fail-2").GetInfoAsync());
        Assert.Equal(info with { Error = null }, listed with { Error = null });
        Assert.Equal("two", listed.Error!.Message);
    }

    [Fact]
    public void Every_condition_of_the_filter_reaches_the_store()
    {
        RunQuery? asked = null;
        var client = Runs();
        _simulation.Store.Before = (verb, request) =>
        {
            asked = verb == nameof(IRunStore.ListRunsAsync) ? (RunQuery)request! : asked;
            return Task.CompletedTask;
        };
        var (from, until) = (_simulation.Clock.GetUtcNow().AddDays(-1), _simulation.Clock.GetUtcNow().AddDays(1));
        var page = List(client, new RunFilter { Statuses = [RunStatus.Failed], Workflow = "Fail", RunIdPrefix = "fail", CreatedFrom = from, CreatedUntil = until });
        Assert.Equal(["fail-2", "fail-1"], page.Runs.Select(run => run.RunId));
        Assert.Equal(("Fail", "fail", from, until, null, 101), (asked!.Workflow, asked.RunIdPrefix, asked.CreatedFrom!.Value, asked.CreatedUntil!.Value, asked.After, asked.Max));
        Assert.Equal([RunStatus.Failed], asked.Statuses);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(1000, 1)]
    public void The_continuation_leads_through_all_pages_and_the_last_has_none(int pageSize, int pages)
    {
        var client = Runs();
        var seen = new List<string>();
        string? continuation = null;
        do
        {
            (var runs, continuation) = List(client, null, pageSize, continuation);
            Assert.NotEmpty(runs);
            seen.AddRange(runs.Select(run => run.RunId));
            pages--;
        }
        while (continuation is not null);

        Assert.Equal(["fail-2", "echo-2", "fail-1", "echo-1"], seen);
        Assert.Equal(0, pages);
    }

    [Fact]
    public void All_runs_are_enumerated_page_by_page()
    {
        var client = _simulation.Client(_echo);
        for (var number = 0; number < 450; number++)
            _simulation.Run(() => client.StartAsync(_echo.Call(), $"run-{number}"));
        var ids = _simulation.Run(async () =>
        {
            var ids = new List<string>();
            await foreach (var run in client.EnumerateRunsAsync())
                ids.Add(run.RunId);
            return ids;
        });
        Assert.Equal(450, ids.Distinct().Count());
        Assert.Equal(450, ids.Count);
        Assert.Equal(3, _simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.ListRunsAsync)));
    }

    [Fact]
    public void A_continuation_goes_on_with_another_page_size_and_equal_filters()
    {
        var client = Runs();
        var first = List(client, new RunFilter { Statuses = [RunStatus.Failed, RunStatus.Completed] }, 1);
        var rest = List(client, new RunFilter { Statuses = [RunStatus.Completed, RunStatus.Failed, RunStatus.Failed] }, 50, first.Continuation);
        Assert.Equal(["echo-2", "fail-1", "echo-1"], rest.Runs.Select(run => run.RunId));
    }

    [Fact]
    public void A_continuation_of_another_filter_is_refused()
    {
        var client = Runs();
        var continuation = List(client, new RunFilter { RunIdPrefix = "e" }, 1).Continuation;
        foreach (var other in (RunFilter?[])[null, new() { Workflow = "e" }, new() { RunIdPrefix = "" }, new() { RunIdPrefix = "e", Statuses = [RunStatus.Failed] }, new() { RunIdPrefix = "e", CreatedFrom = default(DateTimeOffset) }])
            Refused(client, "with the same filter", other, 1, continuation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not a continuation")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%%%")]
    public void Text_that_is_no_continuation_is_refused(string text) => Refused(Runs(), "null for the first page", null, 1, text);

    [Fact]
    public void A_continuation_that_was_tampered_with_is_refused()
    {
        var client = Runs();
        var continuation = List(client, null, 1).Continuation!;
        for (var at = 0; at < continuation.Length - 1; at++)
            Refused(client, "null for the first page", null, 1, continuation[..at] + (continuation[at] == 'A' ? 'B' : 'A') + continuation[(at + 1)..]);
        Refused(client, "null for the first page", null, 1, continuation[..^2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_page_size_out_of_range_is_refused(int pageSize) => Refused(Runs(), "1 to 1000 runs (DurableLimits.MaxPageSize)", null, pageSize, null);

    [Fact]
    public void What_no_id_name_or_status_can_be_is_refused()
    {
        var client = Runs();
        Refused(client, "The prefix contains NUL", new RunFilter { RunIdPrefix = "a\0" }, 1, null);
        Refused(client, "The workflow's name contains half of a surrogate pair", new RunFilter { Workflow = "\uD83D" }, 1, null);
        Refused(client, "99 is no status", new RunFilter { Statuses = [(RunStatus)99] }, 1, null);
    }

    [Fact]
    public void A_listing_that_cannot_ask_the_store_says_so_and_can_be_repeated()
    {
        var client = Runs();
        _simulation.Store.FailBefore(nameof(IRunStore.ListRunsAsync));
        Assert.Throws<StoreException>(() => List(client));
        Assert.Equal(4, List(client).Runs.Count);
    }

    private IDurableClient Runs()
    {
        var client = _simulation.Start([_echo, _fail]).Client;
        foreach (var (id, workflow, input) in ((string, CompilerServices.WorkflowDefinition<TestWorkflow.Input, string>, string)[])
            [("echo-1", _echo, ""), ("fail-1", _fail, "one"), ("echo-2", _echo, ""), ("fail-2", _fail, "two")])
        {
            _simulation.Run(() => client.StartAsync(workflow.Call(input), id));
            _simulation.Advance(TimeSpan.FromSeconds(1));
        }

        return client;
    }

    private RunPage List(IDurableClient client, RunFilter? filter = null, int pageSize = 100, string? continuation = null)
        => _simulation.Run(() => client.ListRunsAsync(filter, pageSize, continuation));

    private void Refused(IDurableClient client, string why, RunFilter? filter, int pageSize, string? continuation)
        => Assert.Contains(why, Assert.ThrowsAny<ArgumentException>(() => List(client, filter, pageSize, continuation)).Message);
}
