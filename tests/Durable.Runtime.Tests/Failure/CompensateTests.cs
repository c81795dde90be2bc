using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>What a run did is undone when it fails for good or is canceled: in reverse order, once each, over checkpoints.</summary>
public sealed class CompensateTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly List<string> _bodies = [];

    [Fact]
    public void What_a_failed_run_registered_runs_in_reverse_order()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], _bodies);
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
        Assert.Equal("Car done", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Flight", "Hotel", "Car"], _bodies);
    }

    [Fact]
    public void A_canceled_run_is_undone_and_stays_canceled()
    {
        var run = Start(Booking(async _ => await Held("Car").CallAsync("x")));
        _simulation.Run(() => run.CancelAsync("rain"));
        _simulation.Settle();
        Assert.Equal("rain", Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync())).Reason);
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], _bodies);
    }

    [Fact]
    public void A_run_that_is_canceled_between_its_last_step_and_its_return_is_undone()
    {
        var accepted = false;
        _simulation.Store.Before = async (_, request) =>
        {
            if (!accepted && request is RunCommit { Transition.Status: RunStatus.Completed })
            {
                accepted = true;
                await _simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("rain")), default);
            }
        };
        var run = Start(Booking(async _ => await Step("Car").CallAsync("x")));
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], _bodies);
    }

    [Fact]
    public void A_cancellation_does_not_stop_the_undoing()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x"), holdsUndoing: true));
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _gate.Open();
        Failure(run);
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelFlight"], _bodies);
    }

    [Fact]
    public void A_crash_in_the_middle_of_undoing_repeats_nothing_that_was_undone()
    {
        var workflow = Booking(async _ => await Step("Car", fails: true).CallAsync("x"), holdsUndoing: true);
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal("CancelHotel", _bodies[^1]);
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        host = _simulation.Start(workflow);
        _simulation.Settle();
        Failure(_simulation.Client(workflow).GetRun<string>("run"));
        // The body that the crash cut off runs again; what was recorded does not.
        Assert.Equal(["Flight", "Hotel", "Car", "CancelHotel", "CancelHotel", "CancelFlight"], _bodies);
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
        Assert.Equal("CancelFlight", _bodies[^1]);
    }

    [Fact]
    public void A_canceled_run_that_could_not_be_undone_has_failed()
    {
        var run = Start(Define(async w =>
        {
            w.Compensate("hotel", _ => Step("CancelHotel", fails: true).CallAsync("x"));
            return await Held("Car").CallAsync("x");
        }));
        _simulation.Run(() => run.CancelAsync("rain"));
        _simulation.Settle();
        var failure = Failure(run);
        Assert.True(failure.IsCausedBy<CompensationFailedException>() && failure.IsCausedBy<RunCanceledException>());
    }

    [Fact]
    public void A_run_that_was_undone_cannot_be_resumed()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Failure(run);
        Assert.Contains("for good", Assert.Throws<RunNotResumableException>(() => _simulation.Run(() => run.ResumeAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => run.GetStatusAsync()));
    }

    [Fact]
    public void A_run_that_was_undone_is_forked_from_before_that_only()
    {
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x")));
        Failure(run);
        Assert.Contains("undone", Assert.Throws<RunNotForkableException>(() => _simulation.Run(() => run.ForkAsync("/hotel/CancelHotel", "late"))).Message, StringComparison.Ordinal);
        var fork = _simulation.Run(() => run.ForkAsync("/Car", "fork"));
        Assert.True(Failure(fork).IsCausedBy<IOException>());
        Assert.Equal(["Car", "CancelHotel", "CancelFlight"], _bodies.TakeLast(3));
    }

    [Fact]
    public void The_attempts_of_the_run_come_first()
    {
        var policy = new RetryPolicy { MaxAttempts = 3, InitialDelay = TimeSpan.FromSeconds(1), BackoffRate = 1, Jitter = Jitter.None };
        var run = Start(Booking(async _ => await Step("Car", fails: true).CallAsync("x"), policy: policy));
        _simulation.Advance(TimeSpan.FromSeconds(10));
        Failure(run);
        Assert.Equal(["Flight", "Hotel", "Car", "Car", "Car", "CancelHotel", "CancelFlight"], _bodies);
        Assert.Equal(3, _simulation.Run(() => run.GetInfoAsync()).Attempt);
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
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        var recorded = $"pass {Checkpoints(_simulation.Client(workflow).GetRun<string>("run"))[1].Error!.Message[5..]}";
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Settle();
        Assert.True(passes > 1);
        Assert.Equal(recorded, Failure(_simulation.Client(workflow).GetRun<string>("run")).Error.Message);
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
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Kill(host);
        fails = false;
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Settle();
        Assert.Throws<RunQuarantinedException>(() => _simulation.Run(() => _simulation.Client(workflow).GetRun<string>("run").GetResultAsync()));
    }

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
        _gate.Open();
        _simulation.Settle();
        Failure(run);
        Assert.DoesNotContain("Never", _bodies);
        Assert.Contains("CancelHotel", _bodies);
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
        Assert.Equal(["Flight", "Car"], _bodies);
        _gate.Open();
        _simulation.Settle();
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["Flight", "Car", "CancelFlight", "CancelHotel"], _bodies);
    }

    [Fact]
    public void A_crash_while_undoing_waits_for_a_body_loses_nothing_of_it()
    {
        var workflow = Branching(async inner =>
        {
            inner.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
            await Deaf("Flight").CallAsync("x");
        });
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(["Flight", "Car"], _bodies);
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Settle();
        Failure(_simulation.Client(workflow).GetRun<string>("run"));
        Assert.Equal(["Flight", "Car", "CancelFlight", "CancelHotel"], _bodies);
    }

    [Fact]
    public void A_canceled_run_whose_code_has_ended_waits_for_bodies_and_undoes_what_their_branches_register()
    {
        var run = Start(Unawaited(isShielded: false));
        _simulation.Run(() => run.CancelAsync("rain"));
        _simulation.Settle();
        Assert.Equal(["Flight", "Car"], _bodies);
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _gate.Open();
        _simulation.Settle();
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Flight", "Car", "CancelFlight"], _bodies);
    }

    [Fact]
    public void A_canceled_run_whose_code_has_ended_brings_a_shield_to_its_end_over_a_crash()
    {
        var workflow = Unawaited(isShielded: true);
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Run(() => run.CancelAsync("rain"));
        _simulation.Settle();
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Settle();
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => _simulation.Client(workflow).GetRun<string>("run").GetResultAsync()));
        Assert.Equal(["Flight", "Car", "Flight", "After", "CancelFlight"], _bodies);
    }

    [Fact]
    public void A_canceled_run_does_not_wait_for_a_step_by_hand_that_nobody_will_report()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async w =>
        {
            await w.AcquireStepAsync("Hotel");
            return await Held("Car").CallAsync("x");
        }, awaitsOnlyDurableWork: true));
        _simulation.Run(() => run.CancelAsync("rain"));
        _simulation.Settle();
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));
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
        Assert.Equal(["CancelHotel"], _bodies);
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
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Settle();
        Assert.True(Failure(_simulation.Client(workflow).GetRun<string>("run")).IsCausedBy<IOException>());
        Assert.Equal(["CancelCar", "CancelHotel", "CancelHotel"], _bodies);
    }

    [Fact]
    public void A_step_that_is_called_through_the_context_around_a_compensation_runs()
    {
        var run = Start(Define(async w =>
        {
            w.Compensate("hotel", _ => w.StepAsync("CancelHotel", null, _ =>
            {
                _bodies.Add("CancelHotel");
                return Task.CompletedTask;
            }));
            return await Step("Car", fails: true).CallAsync("x");
        }));
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Assert.Equal(["Car", "CancelHotel"], _bodies);
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

    private RunFailedException Failure(RunHandle<string> run) => Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync()));

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private WorkflowDefinition<TestWorkflow.Input, string> Booking(Func<WorkflowContext, Task<string>> last, bool holdsUndoing = false, RetryPolicy? policy = null) => Define(async w =>
    {
        await Step("Flight").CallAsync("x");
        w.Compensate("flight", _ => Step("CancelFlight").CallAsync("x"));
        await Step("Hotel").CallAsync("x");
        w.Compensate("hotel", _ => (holdsUndoing ? Deaf("CancelHotel") : Step("CancelHotel")).CallAsync("x"));
        return await last(w);
    }, policy);

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

    private StepDefinition<TestStep.Arguments<string>, string> Step(string name, bool fails = false) => Body(name, _ => fails ? throw new IOException($"{name} is down") : Task.CompletedTask);

    private StepDefinition<TestStep.Arguments<string>, string> Held(string name) => Body(name, step => _gate.PassAsync(step.CancellationToken));

    private StepDefinition<TestStep.Arguments<string>, string> Deaf(string name) => Body(name, _ => _gate.PassAsync());

    private StepDefinition<TestStep.Arguments<string>, string> Body(string name, Func<StepContext, Task> within) => TestStep.Define<string, string>(name, async (_, step) =>
    {
        _bodies.Add(name);
        await within(step);
        return $"{name} done";
    });

    private static WorkflowDefinition<TestWorkflow.Input, string> Define(Func<WorkflowContext, Task<string>> body, RetryPolicy? policy = null) => new()
    {
        Name = "Order",
        Declaration = "Tests.Order (Durable.Runtime.Tests)",
        CallFactory = "Tests.OrderCall",
        IsSequential = true,
        AwaitsOnlyDurableWork = true,
        Retry = policy,
        Json = TestWorkflow.Json,
        Body = (_, _, workflow, _) => new ValueTask<string>(body(workflow)),
        Arguments = TestWorkflow.Payload<TestWorkflow.Input>(),
        Result = TestWorkflow.Payload<string>(),
    };

    private RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }
}
