using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>A run seen from outside: its status, its outcome, and resuming it.</summary>
public sealed class RunHandleTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly TaskCompletionSource _open = new();
    private readonly WorkflowDefinition<TestWorkflow.Input, string> _echo;
    private string? _failure;

    public RunHandleTests() => _echo = TestWorkflow.Define("Echo", async (w, input) => await w.StepAsync("body", async _ =>
    {
        await _open.Task;
        return _failure is null ? input : throw new InvalidOperationException(_failure);
    }));

    [Fact]
    public void A_typed_handle_made_from_an_id_returns_the_result()
    {
        var client = Ended();
        Assert.Equal("x", _simulation.Run(() => client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void An_untyped_handle_waits_for_the_end()
    {
        var client = Ended();
        _simulation.Run(() => client.GetRun("run").GetResultAsync());
        Assert.Equal(RunStatus.Completed, _simulation.Run(() => client.GetRun("run").GetStatusAsync()));
    }

    [Fact]
    public void Another_result_type_is_refused_with_the_declared_one()
    {
        var client = Ended();
        var refused = Assert.Throws<InvalidOperationException>(() => _simulation.Run(() => client.GetRun<int>("run").GetResultAsync()));
        Assert.Equal("Run 'run' is of workflow 'Echo' (version 1), whose result is not 'System.Int32'. Ask for the declared type: Tests.Echo (Durable.Runtime.Tests).", refused.Message);
    }

    [Fact]
    public void The_result_of_a_workflow_that_is_not_registered_is_refused_with_what_to_do()
    {
        Ended();
        var stranger = _simulation.Client();
        var refused = Assert.Throws<InvalidOperationException>(() => _simulation.Run(() => stranger.GetRun<string>("run").GetResultAsync()));
        Assert.Contains("which is not registered here. Call AddWorkflows()", refused.Message);
    }

    [Fact]
    public void A_run_that_does_not_exist_is_not_found_by_any_question()
    {
        var run = _simulation.Client().GetRun<string>("nobody");
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => run.GetStatusAsync()));
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => run.GetInfoAsync()));
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => run.GetCheckpointsAsync()));
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => run.ResumeAsync()));
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_completed_run_cannot_be_resumed()
    {
        var client = Ended();
        var refused = Assert.Throws<RunNotResumableException>(() => _simulation.Run(() => client.GetRun("run").ResumeAsync()));
        Assert.Contains("is Completed and cannot be resumed", refused.Message);
    }

    [Fact]
    public void Resuming_a_running_run_does_nothing()
    {
        var client = _simulation.Start(_echo).Client;
        var run = _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        _simulation.Run(() => run.ResumeAsync());
        _open.SetResult();
        _simulation.Settle();
        var info = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal((RunStatus.Completed, 1, 1L), (info.Status, info.Attempt, info.Epoch));
    }

    [Fact]
    public void Each_resume_is_an_attempt_of_the_run()
    {
        _failure = "on purpose";
        var client = Ended();
        _simulation.Run(() => client.GetRun("run").ResumeAsync());
        Assert.Equal(2, _simulation.Run(() => client.GetRun("run").GetInfoAsync()).Attempt);
    }

    [Fact]
    public void A_resumed_run_shows_no_error_and_no_end_while_it_has_not_ended_again()
    {
        _failure = "on purpose";
        Ended();
        var client = _simulation.Client();
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.ClaimRunsAsync) ? new TaskCompletionSource().Task : Task.CompletedTask;
        _simulation.Run(() => client.GetRun("run").ResumeAsync());
        var info = _simulation.Run(() => client.GetRun("run").GetInfoAsync());
        Assert.Equal((RunStatus.Pending, null, null), (info.Status, info.Error, info.EndedAt));
    }

    [Fact]
    public void The_outcome_of_a_failed_run_tells_the_cause()
    {
        _failure = "on purpose";
        var client = Ended();
        var failure = Assert.Throws<RunFailedException>(() => _simulation.Run(() => client.GetRun<string>("run").GetResultAsync()));
        Assert.True(failure.IsCausedBy<InvalidOperationException>());
        Assert.False(failure.IsCausedBy<TimeoutException>());
        Assert.Equal("on purpose", failure.Error.Inner!.Message);
        Assert.Equal("run", failure.RunId);
    }

    [Fact]
    public void The_outcome_of_a_quarantined_run_tells_why()
    {
        var stray = OffContext("Stray");
        var client = _simulation.Start(stray).Client;
        var run = _simulation.Run(() => client.StartAsync(stray.Call(), "run"));
        var set = Assert.Throws<RunQuarantinedException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Contains("was called off the run's context", set.Message);
    }

    [Fact]
    public void Waiting_ends_with_the_run()
    {
        var client = _simulation.Start(_echo).Client;
        var run = _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        var waiting = _simulation.Begin(() => run.GetResultAsync());
        Assert.False(waiting.IsCompleted);
        _open.SetResult();
        _simulation.Settle();
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Many_wait_for_one_run()
    {
        var client = _simulation.Start(_echo).Client;
        var run = _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        var waiting = Enumerable.Range(0, 10).Select(_ => _simulation.Begin(() => run.GetResultAsync())).ToList();
        _open.SetResult();
        _simulation.Settle();
        Assert.All(waiting, task => Assert.True(task.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_client_in_another_process_sees_the_end_by_polling()
    {
        var host = _simulation.Start(_echo);
        var elsewhere = _simulation.Client(_echo);
        _simulation.Run(() => host.Client.StartAsync(_echo.Call("x"), "run"));
        var waiting = _simulation.Begin(() => elsewhere.GetRun<string>("run").GetResultAsync());
        _open.SetResult();
        _simulation.Settle();
        Assert.False(waiting.IsCompleted);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_wait_that_cannot_ask_the_store_says_so_and_can_be_repeated()
    {
        var client = _simulation.Start(_echo).Client;
        var run = _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        _simulation.Store.FailBefore(nameof(IRunStore.FindRunAsync));
        Assert.Throws<StoreException>(() => _simulation.Run(() => run.GetResultAsync()));
        _open.SetResult();
        Assert.Equal("x", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public async Task A_canceled_wait_leaves_the_run_alone()
    {
        using var cancel = new CancellationTokenSource();
        await using var host = await DurableHost.StartAsync(durable => durable.UseInMemory().Add(_echo));
        var run = await host.Client.StartAsync(_echo.Call("x"), "run");
        var waiting = run.GetResultAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _open.SetResult();
        Assert.Equal("x", await run.GetResultAsync());
    }

    [Fact]
    public void The_checkpoints_tell_name_key_ordinal_epoch_times_and_result()
    {
        var workflow = TestWorkflow.Define("Keys", async w =>
        {
            await w.StepAsync("item", "a/b", _ => Task.FromResult(1));
            await w.StepAsync("item", "a/b", _ => Task.FromResult(2));
            await w.ScopeAsync("branch", inner => inner.StepAsync("plain", _ => Task.CompletedTask));
            return 0;
        });
        var run = _simulation.Run(() => _simulation.Start(workflow).Client.StartAsync(workflow.Call(), "run"));
        var checkpoints = _simulation.Run(() => run.GetCheckpointsAsync());
        Assert.Equal(
            [("/item[a%2Fb]", "", "item", "a/b", 0, "1"), ("/item[a%2Fb]#1", "", "item", "a/b", 1, "2"), ("/branch/plain", "/branch", "plain", null, 0, "")],
            checkpoints.Select(c => (c.StepId, c.Scope, c.Name, c.Key, c.Ordinal, System.Text.Encoding.UTF8.GetString(c.Result.Span))));
        Assert.All(checkpoints, c => Assert.Equal((1L, 1, _simulation.Clock.GetUtcNow(), _simulation.Clock.GetUtcNow()), (c.Epoch, c.Attempt, c.StartedAt, c.CompletedAt)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Arguments_are_in_the_history_only_when_they_are_recorded(bool recorded)
    {
        var step = TestStep.Define<int, int>("double", (value, _) => Task.FromResult(value * 2));
        var workflow = TestWorkflow.Define("Double", _ => step.CallAsync(21));
        var run = _simulation.Run(() => _simulation.Start(workflow, options => options.RecordArguments = recorded).Client.StartAsync(workflow.Call(), "run"));
        var checkpoint = Assert.Single(_simulation.Run(() => run.GetCheckpointsAsync()));
        Assert.Equal(recorded ? "{\"value\":21}" : "", System.Text.Encoding.UTF8.GetString(checkpoint.Arguments.Span));
    }

    private IDurableClient Ended()
    {
        _open.SetResult();
        var client = _simulation.Start(_echo).Client;
        _simulation.Run(() => client.StartAsync(_echo.Call("x"), "run"));
        return client;
    }

    // A durable call with another context in place, as in a callback of foreign code.
    private static WorkflowDefinition<TestWorkflow.Input, string> OffContext(string name) => TestWorkflow.Define(name, w =>
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return w.StepAsync("off the context", _ => Task.FromResult(""));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    });
}
