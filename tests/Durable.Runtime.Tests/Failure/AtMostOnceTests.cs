using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Steps whose body must not run twice: that it begins is stored first, and what became of it is never guessed.</summary>
public sealed class AtMostOnceTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly List<int> _bodies = [];
    private readonly List<string> _seen = [];
    private bool _holds = true;

    [Fact]
    public void That_the_body_begins_is_stored_before_it_runs()
    {
        var stored = new List<CheckpointKind>();
        var workflow = Workflow(StepMode.AtMostOnce, async () => stored.AddRange((await _simulation.Store.ReadCheckpointsAsync("run", default)).Select(checkpoint => checkpoint.Kind)));
        _holds = false;
        Start(workflow);
        Assert.Equal([CheckpointKind.StepStarted], stored);
    }

    [Fact]
    public void A_body_whose_process_died_is_not_run_again()
    {
        DieWithinBody(StepMode.AtMostOnce);
        Assert.Equal([1], _bodies);
    }

    [Fact]
    public void The_code_is_told_of_the_interruption_with_what_it_takes_to_reconcile()
    {
        DieWithinBody(StepMode.AtMostOnce);
        var run = Run();
        Assert.Equal("interrupted", _simulation.Run(() => run.GetResultAsync()));
        var token = Durable.Execution.NameBasedGuid.Create("run", "/Charge");
        Assert.Equal([$"/Charge {token} 1 00:00"], _seen);
    }

    [Fact]
    public void An_interruption_is_recorded_once_and_is_the_same_on_every_replay()
    {
        var workflow = DieWithinBody(StepMode.AtMostOnce, thenDieAgain: true);
        _simulation.PassLeases();
        _simulation.Start(workflow);
        Assert.Equal(2, _seen.Count);
        Assert.Equal(_seen[0], _seen[1]);
        Assert.Equal([(CheckpointKind.StepStarted, CheckpointStatus.Completed), (CheckpointKind.Step, CheckpointStatus.Interrupted)], Checkpoints().Take(2).Select(checkpoint => (checkpoint.Kind, checkpoint.Status)));
        Assert.Single(Checkpoints(), checkpoint => checkpoint.Status == CheckpointStatus.Interrupted);
    }

    [Fact]
    public void A_body_whose_beginning_was_being_stored_when_the_code_failed_is_not_interrupted_after_a_resume()
    {
        var (stores, fails) = (new TaskCompletionSource(), new TaskCompletionSource());
        var step = TestStep.Define<string, string>("Charge", (_, context) =>
        {
            _bodies.Add(context.Attempt);
            return Task.FromResult("charged");
        }, retry: null, StepMode.AtMostOnce);
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            var charge = step.CallAsync("x");
            await fails.Task;
            return w.Attempt > 1 ? await charge : throw new IOException("down");
        });
        _simulation.Store.Before = (_, request) => request is RunCommit { Checkpoints: [{ Kind: CheckpointKind.StepStarted }] } ? stores.Task : Task.CompletedTask;
        var run = Start(workflow);
        fails.SetResult();
        _simulation.Settle();
        stores.SetResult();
        _simulation.Settle();
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Run(() => run.ResumeAsync());
        _simulation.Settle();
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([1], _bodies);
    }

    [Fact]
    public void A_body_that_throws_fails_with_its_own_error()
    {
        var step = TestStep.Define<string, string>("Charge", (_, _) => throw new IOException("down"), retry: null, StepMode.AtMostOnce);
        var workflow = TestWorkflow.Define("Order", async _ => await step.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);
        var run = Start(workflow);
        Assert.Equal("System.IO.IOException", Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).Error.Inner!.TypeName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_outcome_whose_write_fails_once_is_kept_without_running_the_body_again(bool tookEffect)
    {
        _holds = false;
        var workflow = Workflow(StepMode.AtMostOnce);
        var commits = 0;
        Func<string, object?, Task> fail = (verb, request) => verb == nameof(IRunStore.CommitAsync) && request is RunCommit { Checkpoints: [{ Kind: CheckpointKind.Step }, ..] } && commits++ == 0
            ? throw new StoreException("no answer")
            : Task.CompletedTask;
        if (tookEffect)
            _simulation.Store.After = fail;
        else
            _simulation.Store.Before = fail;
        var run = Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([1], _bodies);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_beginning_whose_write_fails_once_begins_one_body(bool tookEffect)
    {
        _holds = false;
        var workflow = Workflow(StepMode.AtMostOnce);
        if (tookEffect)
            _simulation.Store.FailAfter(nameof(IRunStore.CommitAsync));
        else
            _simulation.Store.FailBefore(nameof(IRunStore.CommitAsync));
        var run = Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([1], _bodies);
        Assert.Single(Checkpoints(), checkpoint => checkpoint.Kind == CheckpointKind.StepStarted);
    }

    [Fact]
    public void An_interrupted_attempt_is_offered_to_the_policy_where_each_attempt_runs_at_most_once()
    {
        DieWithinBody(StepMode.AtMostOncePerAttempt, Policy(maxAttempts: 2));
        Assert.Equal("charged", _simulation.Run(() => Run().GetResultAsync()));
        Assert.Equal([1, 2], _bodies);
        Assert.Equal(
            [(CheckpointKind.StepStarted, CheckpointStatus.Completed, 1), (CheckpointKind.StepAttempt, CheckpointStatus.Interrupted, 1), (CheckpointKind.StepStarted, CheckpointStatus.Completed, 2), (CheckpointKind.Step, CheckpointStatus.Completed, 2)],
            Checkpoints().Select(checkpoint => (checkpoint.Kind, checkpoint.Status, checkpoint.Attempt)));
    }

    [Fact]
    public void An_interrupted_last_attempt_is_the_interruption_of_the_step()
    {
        DieWithinBody(StepMode.AtMostOncePerAttempt, Policy(maxAttempts: 1));
        Assert.Equal("interrupted", _simulation.Run(() => Run().GetResultAsync()));
        Assert.Equal([1], _bodies);
    }

    [Fact]
    public void A_policy_may_refuse_to_try_interruptions_again()
    {
        DieWithinBody(StepMode.AtMostOncePerAttempt, new RetryPolicy { NeverRetryOn = [typeof(StepInterruptedException)] });
        Assert.Equal("interrupted", _simulation.Run(() => Run().GetResultAsync()));
    }

    [Fact]
    public void A_failed_attempt_is_tried_again_where_each_attempt_runs_at_most_once()
    {
        var step = TestStep.Define<string, string>("Charge", (_, context) =>
        {
            _bodies.Add(context.Attempt);
            return context.Attempt == 1 ? throw new IOException("down") : Task.FromResult("charged");
        }, Policy(maxAttempts: 2), StepMode.AtMostOncePerAttempt);
        var workflow = TestWorkflow.Define("Order", async _ => await step.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);
        var run = Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([1, 2], _bodies);
    }

    [Fact]
    public void A_worker_that_stops_before_the_body_begins_does_not_leave_it_interrupted()
    {
        _holds = false;
        var workflow = Workflow(StepMode.AtMostOnce);
        var answer = new TaskCompletionSource();
        _simulation.Store.After = (_, request) => request is RunCommit { Checkpoints: [{ Kind: CheckpointKind.StepStarted }] } ? answer.Task : Task.CompletedTask;
        var host = _simulation.Start(workflow, options => options.ShutdownGrace = TimeSpan.Zero);
        var starting = _simulation.Begin(() => host.Client.StartAsync(workflow.Call(), "run"));
        var stopping = _simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return true;
        });
        // Past the grace: bodies are canceled by now, and the worker gives its runs a last moment.
        _simulation.Advance(TimeSpan.FromMilliseconds(500));
        answer.SetResult();
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.True(starting.IsCompletedSuccessfully && stopping.IsCompletedSuccessfully);
        Assert.Empty(_bodies);
        _simulation.Start(workflow);
        _simulation.PassLeases();
        Assert.Equal("charged", _simulation.Run(() => Run().GetResultAsync()));
        Assert.Equal([1], _bodies);
    }

    [Fact]
    public void A_step_that_may_run_again_since_the_last_build_does()
    {
        DieWithinBody(StepMode.AtMostOnce, then: StepMode.AtLeastOnce);
        Assert.Equal("charged", _simulation.Run(() => Run().GetResultAsync()));
        Assert.Equal([1, 1], _bodies);
    }

    private static RetryPolicy Policy(int maxAttempts) => new() { MaxAttempts = maxAttempts, InitialDelay = TimeSpan.FromSeconds(1), Jitter = Jitter.None };

    private WorkflowDefinition<TestWorkflow.Input, string> DieWithinBody(StepMode mode, RetryPolicy? policy = null, StepMode? then = null, bool thenDieAgain = false)
    {
        var workflow = Workflow(mode, policy: policy);
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(1, _gate.Entered);
        _simulation.Kill(host);
        _simulation.PassLeases();
        _holds = false;
        workflow = Workflow(then ?? mode, policy: policy, waitsAtEnd: thenDieAgain);
        host = _simulation.Start(workflow, options => options.BuildId = then is null ? "build-1" : "build-2");
        _simulation.Advance(TimeSpan.FromSeconds(5));
        if (thenDieAgain)
            _simulation.Kill(host);
        return Workflow(mode, policy: policy);
    }

    private RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private RunHandle<string> Run() => _simulation.Client(Workflow(StepMode.AtMostOnce)).GetRun<string>("run");

    private IReadOnlyList<Checkpoint> Checkpoints() => _simulation.Run(() => Run().GetCheckpointsAsync());

    private WorkflowDefinition<TestWorkflow.Input, string> Workflow(StepMode mode, Func<Task>? within = null, RetryPolicy? policy = null, bool waitsAtEnd = false)
    {
        var started = _simulation.Clock.GetUtcNow();
        var charge = TestStep.Define<string, string>("Charge", async (_, step) =>
        {
            _bodies.Add(step.Attempt);
            if (within is not null)
                await within();
            if (_holds)
                await _gate.PassAsync();
            return "charged";
        }, policy, mode);
        return TestWorkflow.Define("Order", async w =>
        {
            try
            {
                return await charge.CallAsync("x");
            }
            catch (StepInterruptedException interruption)
            {
                _seen.Add($"{interruption.StepId} {interruption.IdempotencyToken} {interruption.Attempts} {interruption.StartedAt:mm:ss}");
                if (waitsAtEnd)
                    await w.StepAsync("Wait", async _ => await _gate.PassAsync());
                return "interrupted";
            }
        }, isSequential: !waitsAtEnd, awaitsOnlyDurableWork: true);
    }
}
