using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>How long a run may take: then it is canceled, wherever it stands.</summary>
public sealed class RunTimeoutTests : FailureTests
{
    [Fact]
    public void A_run_that_takes_longer_is_canceled_while_its_body_runs()
    {
        var run = Start(Body("Charge", step => Gate.PassAsync(step.CancellationToken)), TimeSpan.FromMinutes(5));
        Simulation.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(RunStatus.Running, Simulation.Run(() => run.GetStatusAsync()));
        Simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("deadline", Outcome(run).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_in_time_is_left_alone()
    {
        var run = Start(Body("Charge", _ => Task.CompletedTask), TimeSpan.FromMinutes(5));
        Simulation.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("Charge done", Simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_suspended_run_wakes_at_its_deadline()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) => throw new IOException("down"), new RetryPolicy { InitialDelay = TimeSpan.FromHours(8), Jitter = Jitter.None });
        var started = Simulation.Clock.GetUtcNow();
        var run = Start(charge, TimeSpan.FromHours(1));
        Assert.Equal(started + TimeSpan.FromHours(1), Simulation.Run(() => run.GetInfoAsync()).WakesAt);
        Simulation.Advance(TimeSpan.FromMinutes(61));
        Outcome(run);
    }

    [Fact]
    public void The_time_in_which_no_worker_runs_counts()
    {
        var workflow = Define(Body("Charge", _ => Task.CompletedTask));
        var run = Simulation.Run(() => Simulation.Client(workflow).StartAsync(workflow.Call(), "run", new StartOptions { Timeout = TimeSpan.FromMinutes(5) }));
        Simulation.Advance(TimeSpan.FromMinutes(6));
        Simulation.Start(workflow);
        Outcome(run);
        Assert.Empty(Bodies);
    }

    [Fact]
    public void A_timeout_longer_than_timers_reach_is_kept()
    {
        var started = Simulation.Clock.GetUtcNow();
        var run = Start(Body("Charge", step => Gate.PassAsync(step.CancellationToken)), TimeSpan.FromDays(60));
        Assert.Equal(started + TimeSpan.FromDays(60), Simulation.Run(() => run.GetInfoAsync()).Deadline);
        Simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(RunStatus.Running, Simulation.Run(() => run.GetStatusAsync()));
    }

    [Fact]
    public void A_deadline_is_told_although_the_store_does_not_answer_at_first()
    {
        var run = Start(Body("Charge", step => Gate.PassAsync(step.CancellationToken)), TimeSpan.FromSeconds(5));
        Simulation.Store.FailBefore(nameof(Durable.Storage.IRunStore.CancelRunAsync));
        Simulation.Advance(TimeSpan.FromSeconds(10));
        Outcome(run);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_timeout_that_is_no_time_is_refused(int seconds)
    {
        var workflow = Define(Body("Charge", _ => Task.CompletedTask));
        Assert.Throws<ArgumentOutOfRangeException>(() => Simulation.Run(() => Simulation.Client(workflow).StartAsync(workflow.Call(), "run", new StartOptions { Timeout = TimeSpan.FromSeconds(seconds) })));
    }

    private static WorkflowDefinition<TestWorkflow.Input, string> Define(StepDefinition<TestStep.Arguments<string>, string> step)
        => TestWorkflow.Define("Order", async _ => await step.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);

    private RunHandle<string> Start(StepDefinition<TestStep.Arguments<string>, string> step, TimeSpan timeout)
    {
        var workflow = Define(step);
        var host = Simulation.Start(workflow);
        return Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run", new StartOptions { Timeout = timeout }));
    }
}
