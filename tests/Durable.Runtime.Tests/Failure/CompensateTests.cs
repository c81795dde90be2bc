using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>What a run did is undone when it fails for good or is canceled: in reverse order, once each, over checkpoints.</summary>
public sealed class CompensateTests : FailureTests
{
    [Fact]
    public void What_a_failed_run_registered_runs_in_reverse_order()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], Bodies);
    }

    [Fact]
    public void Its_steps_are_checkpoints_in_scopes_of_their_names_behind_the_one_that_says_that_undoing_began()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Failure(run);
        Assert.Equal(
            [(CheckpointKind.Step, "/Car"), (CheckpointKind.CompensationStarted, "/"), (CheckpointKind.Step, "/hotel/CancelHotel"), (CheckpointKind.Step, "/flight/CancelFlight")],
            Checkpoints(run).Skip(2).Select(checkpoint => (checkpoint.Kind, checkpoint.StepId)));
        Assert.Equal("Durable.StepFailedException", Checkpoints(run)[3].Error!.TypeName);
    }

    [Fact]
    public void A_run_that_completes_undoes_nothing()
    {
        var run = Start(Booking(async _ => await Step("Car").CallAsync("x")));
        Assert.Equal("Car done", Simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Flight", "Hotel", "Car"], Bodies);
    }

    [Fact]
    public void A_canceled_run_is_undone_and_stays_canceled()
    {
        var run = Start(Booking(async _ => await Held("Car").CallAsync("x")));
        Simulation.Run(() => run.CancelAsync("rain"));
        Simulation.Settle();
        Assert.Equal("rain", Assert.Throws<RunCanceledException>(() => Simulation.Run(() => run.GetResultAsync())).Reason);
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], Bodies);
    }

    [Fact]
    public void A_run_that_is_canceled_between_its_last_step_and_its_return_is_undone()
    {
        var accepted = false;
        Simulation.Store.Before = async (_, request) =>
        {
            if (!accepted && request is RunCommit { Transition.Status: RunStatus.Completed })
            {
                accepted = true;
                await Simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("rain")), default);
            }
        };
        var run = Start(Booking(async _ => await Step("Car").CallAsync("x")));
        Assert.Throws<RunCanceledException>(() => Simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], Bodies);
    }

    [Fact]
    public void A_cancellation_does_not_stop_the_undoing()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x"), holdsUndoing: true));
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Assert.Equal(RunStatus.Running, Simulation.Run(() => run.GetStatusAsync()));
        Gate.Open();
        Failure(run);
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], Bodies);
    }

    [Fact]
    public void A_crash_in_the_middle_of_undoing_repeats_nothing_that_was_undone()
    {
        var workflow = Booking(async _ => await Step("Car", fails: true).CallAsync("x"), holdsUndoing: true);
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal("CancelHotel", Bodies[^1]);
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        host = Simulation.Start(workflow);
        Simulation.Settle();
        Failure(Simulation.Client(workflow).GetRun<string>("run"));
        // The body that the crash cut off runs again; what was recorded does not.
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelHotel", "CancelFlight"], Bodies);
    }

    [Fact]
    public void One_that_fails_leaves_the_others_to_run_and_the_runs_error_names_it()
    {
        var run = Start(Define(async w =>
        {
            await Step("Flight").CallAsync("x");
            w.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
            await Step("Hotel").CallAsync("x");
            w.Compensate("hotel", _ => Step("CancelHotel", fails: true).CallAsync("x"));
            return await Step("Car", fails: true).CallAsync("x");
        }));
        var failure = Failure(run);
        Assert.True(failure.IsCausedBy<CompensationFailedException>());
        Assert.True(failure.IsCausedBy<IOException>());
        Assert.Contains("'hotel'", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal("CancelFlight", Bodies[^1]);
    }

    [Fact]
    public void A_canceled_run_that_could_not_be_undone_has_failed()
    {
        var run = Start(Define(async w =>
        {
            w.Compensate("hotel", _ => Step("CancelHotel", fails: true).CallAsync("x"));
            return await Held("Car").CallAsync("x");
        }));
        Simulation.Run(() => run.CancelAsync("rain"));
        Simulation.Settle();
        var failure = Failure(run);
        Assert.True(failure.IsCausedBy<CompensationFailedException>() && failure.IsCausedBy<RunCanceledException>());
    }

    [Fact]
    public void A_run_that_was_undone_cannot_be_resumed()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Failure(run);
        Assert.Contains("for good", Assert.Throws<RunNotResumableException>(() => Simulation.Run(() => run.ResumeAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, Simulation.Run(() => run.GetStatusAsync()));
    }

    [Fact]
    public void A_run_that_was_undone_is_forked_from_before_that_only()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Failure(run);
        Assert.Contains("undone", Assert.Throws<RunNotForkableException>(() => Simulation.Run(() => run.ForkAsync("/hotel/CancelHotel", "late"))).Message, StringComparison.Ordinal);
        var fork = Simulation.Run(() => run.ForkAsync("/Car", "fork"));
        Assert.True(Failure(fork).IsCausedBy<IOException>());
        Assert.Equal(["Car", "CancelHotel", "CancelFlight"], Bodies.TakeLast(3));
    }

    [Fact]
    public void The_attempts_of_the_run_come_first()
    {
        var policy = new RetryPolicy { MaxAttempts = 3, InitialDelay = TimeSpan.FromSeconds(1), BackoffRate = 1, Jitter = Jitter.None };
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x"), policy: policy));
        Simulation.Advance(TimeSpan.FromSeconds(10));
        Failure(run);
        Assert.Equal(["Flight", "Hotel", "Car", "Car", "Car", "CancelHotel", "CancelFlight"], Bodies);
        Assert.Equal(3, Simulation.Run(() => run.GetInfoAsync()).Attempt);
    }

    [Fact]
    public void Two_of_one_name_have_scopes_of_their_own()
    {
        var run = Start(Define(async w =>
        {
            w.Compensate("undo", _ => Step("First").CallAsync("x"));
            w.Compensate("undo", _ => Step("Second").CallAsync("x"));
            return await Step("Car", fails: true).CallAsync("x");
        }));
        Failure(run);
        Assert.Equal(["/undo#1/Second", "/undo/First"], Checkpoints(run).Skip(2).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void The_recorded_failure_counts_where_the_code_would_fail_otherwise_on_replay()
    {
        var passes = 0;
        var workflow = Define(async w =>
        {
            w.Compensate("hotel", _ => Deaf("CancelHotel").CallAsync("x"));
            await Step("Hotel").CallAsync("x");
            throw new InvalidOperationException($"pass {++passes}");
        });
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        var recorded = $"pass {Checkpoints(Simulation.Client(workflow).GetRun<string>("run"))[1].Error!.Message[5..]}";
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Simulation.Settle();
        Assert.True(passes > 1);
        Assert.Equal(recorded, Failure(Simulation.Client(workflow).GetRun<string>("run")).Error.Message);
    }

    [Fact]
    public void Code_that_would_not_fail_again_is_set_aside_once_undoing_began()
    {
        var fails = true;
        var workflow = Define(async w =>
        {
            w.Compensate("hotel", _ => Deaf("CancelHotel").CallAsync("x"));
            var hotel = await Step("Hotel").CallAsync("x");
            return fails ? throw new InvalidOperationException("once") : hotel;
        });
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Kill(host);
        fails = false;
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Simulation.Settle();
        Assert.Throws<RunQuarantinedException>(() => Simulation.Run(() => Simulation.Client(workflow).GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_step_that_is_called_through_the_context_around_a_compensation_runs()
    {
        var run = Start(Define(async w =>
        {
            w.Compensate("hotel", _ => w.StepAsync("CancelHotel", null, _ =>
            {
                Bodies.Add("CancelHotel");
                return Task.CompletedTask;
            }));
            return await Step("Car", fails: true).CallAsync("x");
        }));
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["Car", "CancelHotel"], Bodies);
    }

    [Fact]
    public void It_cannot_be_registered_by_a_compensation_nor_in_a_step()
    {
        Exception? within = null;
        var run = Start(Define(async w =>
        {
            w.Compensate("outer", async inner =>
            {
                within = Record.Exception(() => inner.Compensate("inner", _ => Task.CompletedTask));
                await Step("Undo").CallAsync("x");
            });
            return await w.StepAsync<string>("Car", _ =>
            {
                w.Compensate("nested", _ => Task.CompletedTask);
                return Task.FromResult("never");
            });
        }));
        Assert.True(Failure(run).IsCausedBy<NestedStepException>());
        Assert.IsType<InvalidOperationException>(within);
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Booking(Func<WorkflowContext, Task<string>> last, bool holdsUndoing = false, RetryPolicy? policy = null) => Define(async w =>
    {
        await Step("Flight").CallAsync("x");
        w.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
        await Step("Hotel").CallAsync("x");
        w.Compensate("hotel", _ => (holdsUndoing ? Deaf("CancelHotel") : Step("CancelHotel")).CallAsync("x"));
        return await last(w);
    }, policy);
}
