using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>The table in docs/guide/failure.md, row by row: what a step of each mode does when something goes wrong. The two modes that may try again have two attempts.</summary>
public sealed class FailureTableTests
{
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(5);

    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly TaskCompletionSource _never = new();
    private readonly List<int> _bodies = [];
    private TimeSpan? _attemptTimeout;
    private Func<StepContext, CancellationToken, Task> _body = (_, _) => Task.CompletedTask;

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1, 2)]
    [InlineData(StepMode.AtMostOnce, "failed", 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1, 2)]
    public void The_body_throws(StepMode mode, string result, params int[] bodies)
    {
        _body = FailIn(attempt: 1);
        Start(mode);
        _simulation.Advance(s_enough);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1, 2)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1, 2)]
    public void The_body_takes_longer_than_its_attempt_may(StepMode mode, string result, params int[] bodies)
    {
        _attemptTimeout = TimeSpan.FromSeconds(1);
        _body = (step, cancellationToken) => step.Attempt == 1 ? UntilCanceledAsync(cancellationToken) : Task.CompletedTask;
        Start(mode);
        _simulation.Advance(s_enough);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1)]
    [InlineData(StepMode.AtMostOnce, "done", 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1)]
    public void The_process_dies_before_the_body(StepMode mode, string result, params int[] bodies)
    {
        _simulation.Store.After = (verb, _) => verb == nameof(IRunStore.ClaimRunsAsync) ? _never.Task : Task.CompletedTask;
        KillAndRestart(Start(mode), mode);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtMostOnce, "interrupted")]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 2)]
    public void The_process_dies_when_the_beginning_is_stored(StepMode mode, string result, params int[] bodies)
    {
        _simulation.Store.After = (_, request) => Stores(request, CheckpointKind.StepStarted) ? _never.Task : Task.CompletedTask;
        KillAndRestart(Start(mode), mode);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1, 1)]
    [InlineData(StepMode.AtMostOnce, "interrupted", 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1, 2)]
    public void The_process_dies_in_the_body(StepMode mode, string result, params int[] bodies)
    {
        _body = (_, _) => _gate.PassAsync();
        KillAndRestart(Start(mode), mode);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, RunStatus.Quarantined, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)]
    [InlineData(StepMode.AtMostOnce, RunStatus.Completed, 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, RunStatus.Completed, 1, 2)]
    public void The_process_dies_in_the_body_each_time(StepMode mode, RunStatus status, params int[] bodies)
    {
        _body = (_, _) => _gate.PassAsync();
        var host = Start(mode);
        for (var death = 1; death <= 12; death++)
            host = KillAndRestart(host, mode, body: _body);
        Assert.Equal(status, _simulation.Run(() => Run(mode).GetStatusAsync()));
        Assert.Equal(bodies, _bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1, 1)]
    [InlineData(StepMode.AtMostOnce, "interrupted", 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1, 2)]
    public void The_process_dies_after_the_body_before_its_outcome_is_stored(StepMode mode, string result, params int[] bodies)
    {
        _simulation.Store.Before = (_, request) => Stores(request, CheckpointKind.Step) ? _never.Task : Task.CompletedTask;
        KillAndRestart(Start(mode), mode);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1, 2)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1, 2)]
    public void The_process_dies_within_the_wait_for_the_next_attempt(StepMode mode, string result, params int[] bodies)
    {
        _body = FailIn(attempt: 1);
        KillAndRestart(Start(mode), mode);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1)]
    [InlineData(StepMode.AtMostOnce, "done", 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1)]
    public void The_store_does_not_answer_when_the_outcome_is_written(StepMode mode, string result, params int[] bodies)
    {
        var tries = 0;
        _simulation.Store.Before = (_, request) => Stores(request, CheckpointKind.Step) && tries++ < 3 ? throw new StoreException("no answer") : Task.CompletedTask;
        Start(mode);
        _simulation.Advance(TimeSpan.FromSeconds(10));
        Assert.True(tries > 3);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, "done", 1, 1)]
    [InlineData(StepMode.AtMostOnce, "interrupted", 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, "done", 1, 2)]
    public void The_host_shuts_down_and_the_body_does_not_end_within_the_grace(StepMode mode, string result, params int[] bodies)
    {
        _body = async (_, cancellationToken) => await UntilCanceledAsync(cancellationToken);
        var host = Start(mode);
        _body = (_, _) => Task.CompletedTask;
        var stopping = _simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return true;
        });
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.True(stopping.IsCompletedSuccessfully);
        _simulation.Start(Workflow(mode));
        _simulation.Advance(s_enough);
        AssertEnd(mode, result, bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, 1, 2, 1)]
    [InlineData(StepMode.AtMostOnce, 1, 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, 1, 2, 1)]
    public void A_run_that_failed_with_the_step_is_resumed(StepMode mode, params int[] bodies)
    {
        _body = (_, _) => throw new IOException("down");
        Start(mode, catches: false);
        _simulation.Advance(s_enough);
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => Run(mode).GetStatusAsync()));
        _body = (_, _) => Task.CompletedTask;
        _simulation.Run(() => Run(mode).ResumeAsync());
        _simulation.Advance(s_enough);
        AssertEnd(mode, "done", bodies, runAttempt: 2);
    }

    [Theory]
    [InlineData(StepMode.AtMostOnce, 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, 1)]
    public void A_run_that_failed_with_an_interruption_is_resumed(StepMode mode, params int[] bodies)
    {
        _body = (_, _) => _gate.PassAsync();
        KillAndRestart(Start(mode, catches: false, maxAttempts: 1), mode, catches: false, maxAttempts: 1);
        _simulation.Run(() => Run(mode).ResumeAsync());
        _simulation.Advance(s_enough);
        Assert.True(Assert.Throws<RunFailedException>(() => _simulation.Run(() => Run(mode).GetResultAsync())).IsCausedBy<StepInterruptedException>());
        Assert.Equal(bodies, _bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, 1, 1, 1)]
    [InlineData(StepMode.AtMostOnce, 1, 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, 1, 1)]
    public void An_operator_has_the_step_run_again(StepMode mode, params int[] bodies)
    {
        _body = (_, _) => _gate.PassAsync();
        var host = Start(mode, catches: false, maxAttempts: 1);
        KillAndRestart(host, mode, catches: false, maxAttempts: 1, body: (_, _) => throw new IOException("down"));
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => Run(mode).GetStatusAsync()));
        _body = (_, _) => Task.CompletedTask;
        _simulation.Run(() => Run(mode).RetryStepAsync("/Charge"));
        _simulation.Advance(s_enough);
        AssertEnd(mode, "done", bodies, runAttempt: 2);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, 1, 1)]
    [InlineData(StepMode.AtMostOnce, 1, 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, 1, 1)]
    public void The_run_is_canceled_in_the_body_and_then_resumed(StepMode mode, params int[] bodies)
    {
        _body = (_, cancellationToken) => UntilCanceledAsync(cancellationToken);
        var host = Start(mode);
        _simulation.Run(() => host.Client.GetRun("run").CancelAsync("enough"));
        _simulation.Advance(s_enough);
        Assert.Equal("enough", Assert.Throws<RunCanceledException>(() => _simulation.Run(() => Run(mode).GetResultAsync())).Reason);
        Assert.Equal([1], _bodies);
        _body = (_, _) => Task.CompletedTask;
        _simulation.Run(() => Run(mode).ResumeAsync());
        _simulation.Advance(s_enough);
        AssertEnd(mode, "done", bodies, runAttempt: 2);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce)]
    [InlineData(StepMode.AtMostOnce)]
    [InlineData(StepMode.AtMostOncePerAttempt)]
    public void The_run_is_canceled_and_the_body_returns_all_the_same(StepMode mode)
    {
        _body = (_, _) => _gate.PassAsync();
        var host = Start(mode);
        _simulation.Run(() => host.Client.GetRun("run").CancelAsync());
        _gate.Open();
        _simulation.Advance(s_enough);
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => Run(mode).GetResultAsync()));
        Assert.Equal(CheckpointStatus.Completed, _simulation.Run(() => Run(mode).GetCheckpointsAsync()).Single(checkpoint => checkpoint.Kind == CheckpointKind.Step).Status);
        Assert.Equal([1], _bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce)]
    [InlineData(StepMode.AtMostOncePerAttempt)]
    public void The_run_is_canceled_within_the_wait_for_the_next_attempt(StepMode mode)
    {
        _body = FailIn(attempt: 1);
        var host = Start(mode);
        _simulation.Run(() => host.Client.GetRun("run").CancelAsync());
        _simulation.Advance(s_enough);
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => Run(mode).GetResultAsync()));
        Assert.Equal([1], _bodies);
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce, 1)]
    [InlineData(StepMode.AtMostOnce, 1)]
    [InlineData(StepMode.AtMostOncePerAttempt, 1)]
    public void The_run_is_terminated(StepMode mode, params int[] bodies)
    {
        var isCanceled = false;
        _body = async (_, cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(() => isCanceled = true);
            await UntilCanceledAsync(cancellationToken);
        };
        var host = Start(mode);
        _simulation.Run(() => host.Client.GetRun("run").TerminateAsync("enough"));
        _simulation.Advance(s_enough);
        Assert.True(isCanceled);
        Assert.Equal(RunStatus.Canceled, _simulation.Run(() => Run(mode).GetStatusAsync()));
        Assert.DoesNotContain(_simulation.Run(() => Run(mode).GetCheckpointsAsync()), checkpoint => checkpoint.Kind == CheckpointKind.Step);
        Assert.Equal(bodies, _bodies);
    }

    private static bool Stores(object? request, CheckpointKind kind) => request is RunCommit commit && commit.Checkpoints.Any(checkpoint => checkpoint.Kind == kind);

    private static Func<StepContext, CancellationToken, Task> FailIn(int attempt) => (step, _) => step.Attempt == attempt ? throw new IOException("down") : Task.CompletedTask;

    private static async Task UntilCanceledAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
        await canceled.Task;
    }

    private DurableHost Start(StepMode mode, bool catches = true, int maxAttempts = 2)
    {
        var workflow = Workflow(mode, catches, maxAttempts);
        var host = _simulation.Start(workflow);
        _simulation.Begin(() => host.Client.StartAsync(workflow.Call(), "run"));
        return host;
    }

    // What held the first process up does not hold up the second.
    private DurableHost KillAndRestart(DurableHost host, StepMode mode, bool catches = true, int maxAttempts = 2, Func<StepContext, CancellationToken, Task>? body = null)
    {
        _simulation.Kill(host);
        (_simulation.Store.Before, _simulation.Store.After) = (null, null);
        _body = body ?? ((_, _) => Task.CompletedTask);
        _simulation.PassLeases();
        host = _simulation.Start(Workflow(mode, catches, maxAttempts));
        _simulation.Advance(s_enough);
        return host;
    }

    private void AssertEnd(StepMode mode, string result, int[] bodies, int runAttempt = 1)
    {
        Assert.Equal(result, _simulation.Run(() => Run(mode).GetResultAsync()));
        Assert.Equal(bodies, _bodies);
        Assert.Equal(runAttempt, _simulation.Run(() => Run(mode).GetInfoAsync()).Attempt);
    }

    private RunHandle<string> Run(StepMode mode) => _simulation.Client(Workflow(mode)).GetRun<string>("run");

    private WorkflowDefinition<TestWorkflow.Input, string> Workflow(StepMode mode, bool catches = true, int maxAttempts = 2)
    {
        var policy = mode == StepMode.AtMostOnce ? null : new RetryPolicy { MaxAttempts = maxAttempts, AttemptTimeout = _attemptTimeout, Jitter = Jitter.None };
        var charge = new StepDefinition<TestStep.Arguments<string>, string>
        {
            Name = "Charge",
            Mode = mode,
            Retry = policy,
            Body = async (_, step, cancellationToken) =>
            {
                _bodies.Add(step.Attempt);
                await _body(step, cancellationToken);
                return "done";
            },
            Result = TestWorkflow.Payload<string>(),
        };
        return TestWorkflow.Define("Order", async _ =>
        {
            try
            {
                return await charge.CallAsync("x");
            }
            catch (StepFailedException) when (catches)
            {
                return "failed";
            }
            catch (StepInterruptedException) when (catches)
            {
                return "interrupted";
            }
        }, isSequential: true, awaitsOnlyDurableWork: true);
    }
}
