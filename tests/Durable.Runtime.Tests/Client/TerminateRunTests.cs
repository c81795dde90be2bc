using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>Terminating as its caller and those who wait see it.</summary>
public sealed class TerminateRunTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> _echo = TestWorkflow.Define("Echo", async (w, input) =>
        await w.StepAsync("body", _ => input == "fail" ? throw new InvalidOperationException() : Task.FromResult(input)));

    [Fact]
    public void The_outcome_of_a_terminated_run_tells_the_reason()
    {
        var run = Pending();
        _simulation.Run(() => run.TerminateAsync("a duplicate of order-7"));
        var canceled = Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(("run", "a duplicate of order-7", "Run 'run' was canceled: a duplicate of order-7"), (canceled.RunId, canceled.Reason, canceled.Message));
        var info = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal((RunStatus.Canceled, "a duplicate of order-7", typeof(RunCanceledException).FullName), (info.Status, info.Error!.Message, info.Error.TypeName));
        Assert.Equal(_simulation.Clock.GetUtcNow(), info.EndedAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_a_reason_there_is_none(string? reason)
    {
        var run = Pending();
        _simulation.Run(() => run.TerminateAsync(reason));
        Assert.Null(Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync())).Reason);
        Assert.Null(_simulation.Run(() => run.GetInfoAsync()).Error);
    }

    [Fact]
    public void The_reason_may_be_as_long_as_the_limit_and_no_longer()
    {
        var run = Pending();
        var refused = Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.TerminateAsync(new string('x', DurableLimits.MaxReasonLength + 1))));
        Assert.Contains("The reason has 1001 characters; the limit is 1000 (DurableLimits.MaxReasonLength)", refused.Message);
        Assert.Equal(RunStatus.Pending, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Run(() => run.TerminateAsync(new string('x', DurableLimits.MaxReasonLength)));
        Assert.Equal(1000, _simulation.Run(() => run.GetInfoAsync()).Error!.Message.Length);
    }

    [Fact]
    public void Those_who_wait_in_the_same_process_are_told_at_once_and_others_by_polling()
    {
        var client = _simulation.Client(_echo);
        var run = _simulation.Run(() => client.StartAsync(_echo.Call(), "run"));
        var here = Enumerable.Range(0, 3).Select(_ => _simulation.Begin(() => run.GetResultAsync())).ToList();
        var there = _simulation.Begin(() => _simulation.Client(_echo).GetRun<string>("run").GetResultAsync());
        _simulation.Run(() => client.GetRun("run").TerminateAsync());
        _simulation.Settle();
        Assert.All(here, waiting => Assert.True(waiting.IsCanceled));
        Assert.False(there.IsCompleted);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.True(there.IsCanceled);
    }

    [Fact]
    public void A_run_that_completed_or_failed_is_left_alone_and_the_error_says_so()
    {
        var client = _simulation.Start(_echo).Client;
        foreach (var (input, status) in ((string, RunStatus)[])[("x", RunStatus.Completed), ("fail", RunStatus.Failed)])
        {
            var run = _simulation.Run(() => client.StartAsync(_echo.Call(input), input));
            _simulation.Settle();
            var refused = Assert.Throws<RunNotTerminableException>(() => _simulation.Run(() => run.TerminateAsync()));
            Assert.Equal(($"Run '{input}' is {status} and cannot be terminated; it has ended. Nothing was changed.", status), (refused.Message, refused.Status));
            Assert.Equal(status, _simulation.Run(() => run.GetStatusAsync()));
        }
    }

    [Fact]
    public void Terminating_again_changes_nothing_so_that_a_lost_answer_can_be_asked_for_again()
    {
        var run = Pending();
        _simulation.Store.FailAfter(nameof(IRunStore.TerminateRunAsync));
        Assert.Throws<StoreException>(() => _simulation.Run(() => run.TerminateAsync("first")));
        _simulation.Run(() => run.TerminateAsync("second"));
        Assert.Equal("first", _simulation.Run(() => run.GetInfoAsync()).Error!.Message);
    }

    [Fact]
    public void A_quarantined_run_is_terminated_and_cannot_be_resumed_then()
    {
        var run = Pending();
        SetAside();
        Assert.Throws<RunQuarantinedException>(() => _simulation.Run(() => run.GetResultAsync()));

        _simulation.Run(() => run.TerminateAsync("given up"));

        Assert.Equal("given up", Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync())).Reason);
        Assert.Throws<RunNotResumableException>(() => _simulation.Run(() => run.ResumeAsync()));
    }

    [Fact]
    public void Its_history_is_not_loaded()
    {
        var run = Pending();
        _simulation.Run(() => run.TerminateAsync());
        Assert.DoesNotContain(_simulation.Store.Verbs, verb => verb is nameof(IRunStore.ReadCheckpointsAsync) or nameof(IRunStore.FindRunAsync));
    }

    [Fact]
    public void An_unknown_run_is_not_found()
        => Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => _simulation.Client(_echo).GetRun("nobody").TerminateAsync()));

    [Fact]
    public void Starting_its_id_again_returns_the_terminated_run()
    {
        var run = Pending();
        _simulation.Run(() => run.TerminateAsync());
        var again = Pending();
        Assert.Equal(RunStatus.Canceled, _simulation.Run(() => again.GetStatusAsync()));
    }

    // Straight through the store: no worker is asked.
    private void SetAside() => _simulation.Run(async () =>
    {
        var claim = new ClaimRequest { Worker = "w", Max = 1, Lease = TimeSpan.FromSeconds(30), Workflows = [new WorkflowIdentity("Echo", 1)] };
        var held = Assert.Single(await _simulation.Store.ClaimRunsAsync(claim, default));
        var aside = new RunTransition { Status = RunStatus.Quarantined, Error = "{\"typeName\":\"X\",\"message\":\"diverged\"}"u8.ToArray() };
        Assert.Equal(CommitResult.Committed, await _simulation.Store.CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Transition = aside }, default));
    });

    private RunHandle<string> Pending() => _simulation.Run(() => _simulation.Client(_echo).StartAsync(_echo.Call(), "run"));
}
