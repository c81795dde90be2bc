using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Undoing where more is under way than the code that ended: branches, bodies, steps that are executed by hand.</summary>
public sealed class CompensateBranchesTests : FailureTests
{
    [Fact]
    public void Branches_under_way_are_told_and_what_they_register_is_undone_too()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async w =>
        {
            var branch = w.ScopeAsync("branch", async inner =>
            {
                await Deaf("Flight").CallAsync("x");
                inner.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
                await Step("Never").CallAsync("x");
            });
            w.Compensate("hotel", _ => Step("CancelHotel").CallAsync("x"));
            await Step("Car", fails: true).CallAsync("x");
            await branch;
            return "never";
        }, awaitsOnlyDurableWork: true));
        Gate.Open();
        Simulation.Settle();
        Failure(run);
        Assert.DoesNotContain("Never", Bodies);
        Assert.Contains("CancelHotel", Bodies);
    }

    [Fact]
    public void Undoing_waits_for_bodies_that_are_under_way_and_includes_what_their_branches_register()
    {
        var run = Start(Branching(async inner =>
        {
            await Deaf("Flight").CallAsync("x");
            inner.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
            await Step("Never").CallAsync("x");
        }));
        Assert.Equal(["Flight", "Car"], Bodies);
        Gate.Open();
        Simulation.Settle();
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["Flight", "Car", "CancelFlight", "CancelHotel"], Bodies);
    }

    [Fact]
    public void A_crash_while_undoing_waits_for_a_body_loses_nothing_of_it()
    {
        var workflow = Branching(async inner =>
        {
            inner.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
            await Deaf("Flight").CallAsync("x");
        });
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(["Flight", "Car"], Bodies);
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Simulation.Settle();
        Failure(Simulation.Client(workflow).GetRun<string>("run"));
        Assert.Equal(["Flight", "Car", "CancelFlight", "CancelHotel"], Bodies);
    }

    [Fact]
    public void A_canceled_run_whose_code_has_ended_waits_for_bodies_and_undoes_what_their_branches_register()
    {
        var run = Start(Unawaited(isShielded: false));
        Simulation.Run(() => run.CancelAsync("rain"));
        Simulation.Settle();
        Assert.Equal(["Flight", "Car"], Bodies);
        Assert.Equal(RunStatus.Running, Simulation.Run(() => run.GetStatusAsync()));
        Gate.Open();
        Simulation.Settle();
        Assert.Throws<RunCanceledException>(() => Simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Flight", "Car", "CancelFlight"], Bodies);
    }

    [Fact]
    public void A_canceled_run_whose_code_has_ended_brings_a_shield_to_its_end_over_a_crash()
    {
        var workflow = Unawaited(isShielded: true);
        var host = Simulation.Start(workflow);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Run(() => run.CancelAsync("rain"));
        Simulation.Settle();
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Simulation.Settle();
        Assert.Throws<RunCanceledException>(() => Simulation.Run(() => Simulation.Client(workflow).GetRun<string>("run").GetResultAsync()));
        Assert.Equal(["Flight", "Car", "Flight", "After", "CancelFlight"], Bodies);
    }

    [Fact]
    public void A_canceled_run_does_not_wait_for_a_step_by_hand_that_nobody_will_report()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async w =>
        {
            await w.AcquireStepAsync("Hotel");
            return await Held("Car").CallAsync("x");
        }, awaitsOnlyDurableWork: true));
        Simulation.Run(() => run.CancelAsync("rain"));
        Simulation.Settle();
        Assert.Throws<RunCanceledException>(() => Simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void Undoing_does_not_wait_for_a_step_by_hand_that_nobody_will_report()
    {
        var run = Start(Define(async w =>
        {
            w.Compensate("hotel", _ => Step("CancelHotel").CallAsync("x"));
            await w.AcquireStepAsync("Car");
            throw new IOException("the code gave up");
        }));
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["CancelHotel"], Bodies);
    }

    [Fact]
    public void A_process_that_dies_while_undoing_after_a_step_by_hand_that_was_not_reported_goes_on_undoing()
    {
        var workflow = Define(async w =>
        {
            w.Compensate("hotel", _ => Deaf("CancelHotel").CallAsync("x"));
            await w.AcquireStepAsync("Car");
            w.Compensate("car", _ => Step("CancelCar").CallAsync("x"));
            throw new IOException("the code gave up");
        });
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Simulation.Settle();
        Assert.True(Failure(Simulation.Client(workflow).GetRun<string>("run")).IsCausedBy<IOException>());
        Assert.Equal(["CancelCar", "CancelHotel", "CancelHotel"], Bodies);
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Unawaited(bool isShielded) => TestWorkflow.Define<string>("Order", async w =>
    {
        var branch = isShielded ? w.Shield("branch", FlyAsync) : w.ScopeAsync("branch", FlyAsync);
        await Held("Car").CallAsync("x");
        await branch;
        return "never";

        async Task FlyAsync(WorkflowContext inner)
        {
            await Deaf("Flight").CallAsync("x");
            inner.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
            await Step("After").CallAsync("x");
        }
    }, awaitsOnlyDurableWork: true);

    private WorkflowDefinition<TestWorkflow.Input, string> Branching(Func<WorkflowContext, Task> branch) => TestWorkflow.Define<string>("Order", async w =>
    {
        w.Compensate("hotel", _ => Step("CancelHotel").CallAsync("x"));
        var under = w.ScopeAsync("branch", branch);
        await Step("Car", fails: true).CallAsync("x");
        await under;
        return "never";
    }, awaitsOnlyDurableWork: true);
}
