using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>How long a run may take: then it is canceled, wherever it stands.</summary>
public sealed class RunTimeoutTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly List<string> _bodies = [];

    [Fact]
    public void A_run_that_takes_longer_is_canceled_while_its_body_runs()
    {
        var run = Start(Body("Charge", step => _gate.PassAsync(step.CancellationToken)), TimeSpan.FromMinutes(5));
        _simulation.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("deadline", Outcome(run).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_in_time_is_left_alone()
    {
        var run = Start(Body("Charge", _ => Task.CompletedTask), TimeSpan.FromMinutes(5));
        _simulation.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("Charge done", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_suspended_run_wakes_at_its_deadline()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) => throw new IOException("down"), new RetryPolicy { InitialDelay = TimeSpan.FromHours(8), Jitter = Jitter.None });
        var started = _simulation.Clock.GetUtcNow();
        var run = Start(charge, TimeSpan.FromHours(1));
        Assert.Equal(started + TimeSpan.FromHours(1), _simulation.Run(() => run.GetInfoAsync()).WakesAt);
        _simulation.Advance(TimeSpan.FromMinutes(61));
        Outcome(run);
    }

    [Fact]
    public void The_time_in_which_no_worker_runs_counts()
    {
        var workflow = Define(Body("Charge", _ => Task.CompletedTask));
        var run = _simulation.Run(() => _simulation.Client(workflow).StartAsync(workflow.Call(), "run", new StartOptions { Timeout = TimeSpan.FromMinutes(5) }));
        _simulation.Advance(TimeSpan.FromMinutes(6));
        _simulation.Start(workflow);
        Outcome(run);
        Assert.Empty(_bodies);
    }

    [Fact]
    public void A_timeout_longer_than_timers_reach_is_kept()
    {
        var started = _simulation.Clock.GetUtcNow();
        var run = Start(Body("Charge", step => _gate.PassAsync(step.CancellationToken)), TimeSpan.FromDays(60));
        Assert.Equal(started + TimeSpan.FromDays(60), _simulation.Run(() => run.GetInfoAsync()).Deadline);
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
    }

    [Fact]
    public void A_deadline_is_told_although_the_store_does_not_answer_at_first()
    {
        var run = Start(Body("Charge", step => _gate.PassAsync(step.CancellationToken)), TimeSpan.FromSeconds(5));
        _simulation.Store.FailBefore(nameof(Durable.Storage.IRunStore.CancelRunAsync));
        _simulation.Advance(TimeSpan.FromSeconds(10));
        Outcome(run);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_timeout_that_is_no_time_is_refused(int seconds)
    {
        var workflow = Define(Body("Charge", _ => Task.CompletedTask));
        Assert.Throws<ArgumentOutOfRangeException>(() => _simulation.Run(() => _simulation.Client(workflow).StartAsync(workflow.Call(), "run", new StartOptions { Timeout = TimeSpan.FromSeconds(seconds) })));
    }

    private RunCanceledException Outcome(RunHandle<string> run) => Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));

    private StepDefinition<TestStep.Arguments<string>, string> Body(string name, Func<StepContext, Task> within) => TestStep.Define<string, string>(name, async (_, step) =>
    {
        _bodies.Add(name);
        await within(step);
        return $"{name} done";
    });

    private static WorkflowDefinition<TestWorkflow.Input, string> Define(StepDefinition<TestStep.Arguments<string>, string> step)
        => TestWorkflow.Define("Order", async _ => await step.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);

    private RunHandle<string> Start(StepDefinition<TestStep.Arguments<string>, string> step, TimeSpan timeout)
    {
        var workflow = Define(step);
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run", new StartOptions { Timeout = timeout }));
    }
}
