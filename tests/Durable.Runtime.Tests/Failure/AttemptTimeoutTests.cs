using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Attempts that take too long.</summary>
public sealed class AttemptTimeoutTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly List<string> _events = [];
    private readonly DateTimeOffset _start;

    public AttemptTimeoutTests() => _start = _simulation.Clock.GetUtcNow();

    [Fact]
    public void A_body_that_takes_too_long_is_canceled_and_tried_again()
    {
        var run = Start(maxAttempts: 2, async (step, token) =>
        {
            if (step.Attempt == 1)
                await UntilCanceledAsync(token);
            return "second";
        });
        _simulation.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("second", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["1 begins at 0", "canceled at 5", "2 begins at 6"], _events);
        Assert.Equal((CheckpointStatus.TimedOut, "System.TimeoutException"), Checkpoints(run).Select(checkpoint => (checkpoint.Status, checkpoint.Error?.BaseTypeNames[0])).First());
    }

    [Fact]
    public void The_last_attempt_that_takes_too_long_is_a_timeout_of_the_step_on_the_first_run_and_on_replay()
    {
        var caught = new List<string>();
        var charge = Step(maxAttempts: 1, async (_, token) =>
        {
            await UntilCanceledAsync(token);
            return "never";
        });
        var gate = new Workers.Gate();
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            try
            {
                await charge.CallAsync("x");
            }
            catch (StepTimeoutException timeout)
            {
                caught.Add($"{timeout.StepId} {timeout.Attempts} {timeout.IsCausedBy<TimeoutException>()} {timeout.Message}");
            }

            await w.StepAsync("Wait", _ => gate.PassAsync());
            return "caught";
        }, awaitsOnlyDurableWork: true);
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        _simulation.Kill(host);
        _simulation.PassLeases();
        _simulation.Start(workflow);
        Assert.Equal(2, caught.Count);
        Assert.Equal(caught[0], caught[1]);
        Assert.StartsWith("/Charge 1 True Step '/Charge' failed after 1 attempt(s)", caught[0]);
    }

    [Fact]
    public void The_next_attempt_waits_for_a_body_that_is_slow_to_stop()
    {
        var run = Start(maxAttempts: 2, async (step, token) =>
        {
            if (step.Attempt == 1)
            {
                await UntilCanceledAsync(token, thenFor: TimeSpan.FromSeconds(20));
                throw new IOException("late");
            }

            return "second";
        });
        _simulation.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("second", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["1 begins at 0", "canceled at 5", "ends at 25", "2 begins at 26"], _events);
        Assert.Equal("late", Checkpoints(run)[0].Error!.Inner!.Message);
    }

    [Fact]
    public void A_body_that_returns_while_it_is_waited_for_has_succeeded()
    {
        var run = Start(maxAttempts: 2, async (_, token) =>
        {
            await UntilCanceledAsync(token, thenFor: TimeSpan.FromSeconds(20));
            return "charged all the same";
        });
        _simulation.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("charged all the same", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(CheckpointStatus.Completed, Assert.Single(Checkpoints(run)).Status);
    }

    [Fact]
    public void A_body_that_does_not_stop_is_no_longer_waited_for_nor_listened_to()
    {
        var run = Start(maxAttempts: 2, async (step, token) =>
        {
            if (step.Attempt == 2)
                return "second";
            await UntilCanceledAsync(token, thenFor: TimeSpan.FromSeconds(60));
            return "first, too late";
        });
        _simulation.Advance(TimeSpan.FromSeconds(70));
        Assert.Equal("second", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["1 begins at 0", "canceled at 5", "2 begins at 36", "ends at 65"], _events);
        Assert.Single(_simulation.Logs.Of(1207));
    }

    [Fact]
    public void A_body_knows_its_deadline()
    {
        DateTimeOffset? deadline = null;
        Start(maxAttempts: 1, (step, _) =>
        {
            deadline = step.Deadline;
            return Task.FromResult("");
        });
        Assert.Equal(_start + TimeSpan.FromSeconds(5), deadline);
    }

    [Fact]
    public void A_shutdown_while_an_attempt_is_waited_for_is_no_failed_attempt()
    {
        var charge = Step(maxAttempts: 1, async (_, token) =>
        {
            await UntilCanceledAsync(token);
            return "never";
        });
        var workflow = Workflow(charge);
        var host = _simulation.Start(workflow, options => options.ShutdownGrace = TimeSpan.FromSeconds(1));
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        var stopping = _simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return true;
        });
        _simulation.Advance(TimeSpan.FromSeconds(3));
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Empty(_simulation.Run(() => run.GetCheckpointsAsync()));
        Assert.Equal(RunStatus.Pending, _simulation.Run(() => run.GetStatusAsync()));
    }

    private static WorkflowDefinition<TestWorkflow.Input, string> Workflow(StepDefinition<TestStep.Arguments<string>, string> charge)
        => TestWorkflow.Define("Order", async _ => await charge.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);

    private static StepDefinition<TestStep.Arguments<string>, string> Define(RetryPolicy policy, Func<StepContext, CancellationToken, Task<string>> body) => new()
    {
        Name = "Charge",
        Retry = policy,
        Body = (_, step, token) => new ValueTask<string>(body(step, token)),
        Result = TestWorkflow.Payload<string>(),
    };

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private RunHandle<string> Start(int maxAttempts, Func<StepContext, CancellationToken, Task<string>> body)
    {
        var workflow = Workflow(Step(maxAttempts, body));
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private StepDefinition<TestStep.Arguments<string>, string> Step(int maxAttempts, Func<StepContext, CancellationToken, Task<string>> body)
        => Define(
            new RetryPolicy { MaxAttempts = maxAttempts, InitialDelay = TimeSpan.FromSeconds(1), Jitter = Jitter.None, AttemptTimeout = TimeSpan.FromSeconds(5) },
            (step, token) =>
            {
                _events.Add($"{step.Attempt} begins at {Now()}");
                Assert.Equal(token, step.CancellationToken);
                return body(step, token);
            });

    private async Task UntilCanceledAsync(CancellationToken token, TimeSpan? thenFor = null)
    {
        var canceled = new TaskCompletionSource();
        using var registration = token.Register(() => canceled.TrySetResult());
        await canceled.Task;
        _events.Add($"canceled at {Now()}");
        if (thenFor is { } more)
        {
            await Task.Delay(more, _simulation.Clock, CancellationToken.None);
            _events.Add($"ends at {Now()}");
            return;
        }

        token.ThrowIfCancellationRequested();
    }

    private string Now() => Math.Round((_simulation.Clock.GetUtcNow() - _start).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
