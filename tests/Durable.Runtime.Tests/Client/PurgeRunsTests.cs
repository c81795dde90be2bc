using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>Purging through the client: what goes, what stays, and in which portions.</summary>
public sealed class PurgeRunsTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> _echo = TestWorkflow.Define("Echo", async (w, input) =>
        await w.StepAsync("body", _ => input == "fail" ? throw new InvalidOperationException() : Task.FromResult(input)));

    [Fact]
    public void Completed_and_canceled_runs_go_by_default_and_what_may_be_resumed_stays()
    {
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call(), "completed"));
        _simulation.Run(() => client.StartAsync(_echo.Call("fail"), "failed"));
        _simulation.Settle();
        Cancel("canceled");
        Assert.Equal(2, Purge(client));
        Assert.Equal(["failed"], Ids(client));
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => client.GetRun("completed").GetStatusAsync()));
    }

    [Fact]
    public void Only_runs_that_ended_long_enough_ago_go()
    {
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.RunAsync(_echo.Call(), "old"));
        _simulation.Advance(TimeSpan.FromMinutes(2));
        _simulation.Run(() => client.RunAsync(_echo.Call(), "new"));
        Assert.Equal(1, Purge(client, TimeSpan.FromMinutes(1)));
        Assert.Equal(["new"], Ids(client));
    }

    [Fact]
    public void Other_statuses_go_when_they_are_named()
    {
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("fail"), "failed"));
        _simulation.Settle();
        Assert.Equal(1, Purge(client, statuses: RunStatus.Failed));
        Assert.Empty(Ids(client));
    }

    [Fact]
    public void Many_runs_go_in_small_batches_and_are_counted()
    {
        var client = _simulation.Client(_echo);
        for (var number = 0; number < 250; number++)
            Cancel($"run-{number}");
        Assert.Equal(250, Purge(client));
        Assert.Equal(4, _simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.PurgeRunsAsync)));
        Assert.Equal("250 run(s) were purged", _simulation.Logs.Of(1304).Single().Text);
    }

    [Fact]
    public void Runs_that_end_while_a_purge_goes_on_are_left_for_the_next_so_that_it_comes_to_an_end()
    {
        var client = _simulation.Client(_echo);
        Cancel("before");
        // One ends before each batch; the first batch may still meet one.
        var born = 0;
        _simulation.Store.Before = (verb, _) =>
        {
            if (verb == nameof(IRunStore.PurgeRunsAsync) && born < 50)
            {
                _simulation.Clock.Advance(TimeSpan.FromSeconds(1));
                Cancel($"during-{born++}");
            }

            return Task.CompletedTask;
        };
        Assert.Equal(2, Purge(client));
        Assert.Equal((2, 1), (born, Ids(client).Count));
    }

    [Fact]
    public void A_purged_id_starts_a_new_run()
    {
        var client = _simulation.Start(_echo).Client;
        Assert.Equal("1", _simulation.Run(() => client.RunAsync(_echo.Call("1"), "run")));
        Purge(client);
        Assert.Equal("2", _simulation.Run(() => client.RunAsync(_echo.Call("2"), "run")));
    }

    [Fact]
    public void A_purge_that_makes_no_sense_is_refused_before_the_store_is_asked()
    {
        var client = _simulation.Client(_echo);
        Assert.Contains("have not ended", Assert.Throws<ArgumentException>(() => Purge(client, statuses: RunStatus.Running)).Message);
        Assert.Contains("negative", Assert.Throws<ArgumentException>(() => Purge(client, TimeSpan.FromSeconds(-1))).Message);
        Assert.Contains("No status", Assert.Throws<ArgumentException>(() => _simulation.Run(() => client.PurgeRunsAsync(TimeSpan.Zero, []))).Message);
        Assert.DoesNotContain(nameof(IRunStore.PurgeRunsAsync), _simulation.Store.Verbs);
    }

    [Fact]
    public void A_purge_whose_answer_is_lost_can_be_repeated()
    {
        var client = _simulation.Client(_echo);
        Cancel("run");
        _simulation.Store.FailAfter(nameof(IRunStore.PurgeRunsAsync));
        Assert.Throws<StoreException>(() => Purge(client));
        Assert.Equal(0, Purge(client));
        Assert.Empty(Ids(client));
    }

    [Fact]
    public void A_canceled_purge_stops_between_two_batches()
    {
        using var cancel = new CancellationTokenSource();
        var client = _simulation.Client(_echo);
        for (var number = 0; number < 150; number++)
            Cancel($"run-{number}");
        _simulation.Store.After = (verb, _) =>
        {
            if (verb == nameof(IRunStore.PurgeRunsAsync))
                cancel.Cancel();
            return Task.CompletedTask;
        };
        Assert.ThrowsAny<OperationCanceledException>(() => _simulation.Run(() => client.PurgeRunsAsync(TimeSpan.Zero, null, cancel.Token)));
        Assert.Equal(50, Ids(client).Count);
    }

    private long Purge(IDurableClient client, TimeSpan age = default, params RunStatus[] statuses)
        => _simulation.Run(() => client.PurgeRunsAsync(age, statuses.Length == 0 ? null : statuses));

    private List<string> Ids(IDurableClient client) => [.. _simulation.Run(() => client.ListRunsAsync(pageSize: 1000)).Runs.Select(run => run.RunId)];

    // Straight through the store: no worker is asked.
    private void Cancel(string runId)
    {
        Assert.True(_simulation.Store.CreateRunAsync(
            new NewRun { RunId = runId, Workflow = new WorkflowIdentity("Nobody's", 1), Input = _echo.Call().Input, Fingerprint = 0 }, default).IsCompletedSuccessfully);
        Assert.True(_simulation.Store.TerminateRunAsync(new TerminateRequest(runId, default), default).IsCompletedSuccessfully);
    }
}
