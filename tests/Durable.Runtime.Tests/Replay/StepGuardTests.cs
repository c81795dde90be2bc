using Durable.Execution;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Replay;

/// <summary>Steps that workflow code executes by hand.</summary>
public sealed class StepGuardTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly List<string> _executed = [];

    [Fact]
    public void A_step_that_is_executed_by_hand_is_recorded_and_skipped_on_replay()
    {
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.IsRecorded)
                return guard.Result;
            Execute("charge");
            return await guard.CompleteAsync("charged");
        });
        Assert.Equal("charged", Result(run));
        Assert.Equal(["charge"], _executed);
        Assert.Equal(("/charge", CheckpointKind.Step, CheckpointStatus.Completed), Checkpoints(run).Select(checkpoint => (checkpoint.StepId, checkpoint.Kind, checkpoint.Status)).Single());
    }

    [Fact]
    public void What_is_executed_may_await_foreign_work()
    {
        var gate = new Workers.Gate();
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<int>("charge");
            if (guard.ShouldExecute)
            {
                Execute("charge");
                await gate.PassAsync();
                await guard.CompleteAsync(17);
            }

            return $"{(guard.IsRecorded ? guard.Result : 17)}";
        }, isSequential: true, awaitsOnlyDurableWork: false);
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        gate.Open();
        Assert.Equal("17", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_guard_without_result_is_reported_without_a_value()
    {
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync("notify", "a");
            if (guard.ShouldExecute)
            {
                Execute("notify");
                await guard.CompleteAsync();
            }

            return await Seen(w);
        });
        Assert.Equal("seen", Result(run));
        Assert.Equal(["notify", "seen"], _executed);
        Assert.Equal(["/notify[a]", "/seen"], Checkpoints(run).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void A_reported_failure_is_thrown_by_the_report_and_on_replay_by_the_acquisition()
    {
        var thrown = new List<string>();
        var run = Start(async w =>
        {
            try
            {
                var guard = await w.AcquireStepAsync<string>("charge");
                Execute("charge");
                await guard.FailAsync(new IOException("card refused"));
            }
            catch (StepFailedException failure) when (failure.IsCausedBy<IOException>())
            {
                thrown.Add($"{failure.StepId} {failure.Error.TypeName} {failure.Error.Message} {failure.Attempts}");
            }

            return await Seen(w);
        });
        Assert.Equal("seen", Result(run));
        Assert.Equal(["charge", "seen"], _executed);
        Assert.True(thrown.Count >= 2);
        Assert.Equal(["/charge System.IO.IOException card refused 1"], thrown.Distinct());
    }

    [Fact]
    public void A_failure_is_reported_by_a_message_alone()
    {
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync("charge");
            await guard.FailAsync("no such card");
            return "";
        });
        var failure = Assert.Throws<RunFailedException>(() => Result(run));
        Assert.True(failure.IsCausedBy<ReportedFailureException>());
        Assert.Equal("no such card", failure.Error.Inner!.Message);
    }

    [Fact]
    public void A_reported_failure_runs_again_on_resume()
    {
        var fails = true;
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.IsRecorded)
                return guard.Result;
            Execute("charge");
            if (fails)
                await guard.FailAsync("down");
            return await guard.CompleteAsync("charged");
        });
        Assert.Throws<RunFailedException>(() => Result(run));
        fails = false;
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("charged", Result(run));
        Assert.Equal(["charge", "charge"], _executed);
    }

    [Fact]
    public void An_operator_completes_a_step_that_is_executed_by_hand()
    {
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.ShouldExecute)
                await guard.FailAsync("down");
            return guard.Result;
        });
        _simulation.Run(() => run.CompleteStepAsync("/charge", "by hand"));
        Assert.Equal("by hand", Result(run));
    }

    [Fact]
    public void A_guard_that_was_never_reported_is_acquired_again_by_the_next_incarnation()
    {
        var gate = new Workers.Gate();
        var workflow = Define(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.IsRecorded)
                return guard.Result;
            Execute("charge");
            if (_executed.Count == 1)
                await gate.PassAsync();
            return await guard.CompleteAsync("charged");
        }, isSequential: true, awaitsOnlyDurableWork: false);
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Kill(host);
        _simulation.PassLeases();
        host = _simulation.Start(workflow);
        Assert.Equal("charged", _simulation.Run(() => host.Client.GetRun<string>("run").GetResultAsync()));
        Assert.Equal(["charge", "charge"], _executed);
    }

    [Fact]
    public void A_run_may_end_with_a_guard_that_was_not_reported()
    {
        var run = Start(async w =>
        {
            await w.AcquireStepAsync("forgotten");
            return "done";
        });
        Assert.Equal("done", Result(run));
        Assert.Empty(Checkpoints(run));
    }

    [Fact]
    public void A_guard_takes_one_report()
    {
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.IsRecorded)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => guard.CompleteAsync("again"));
                return guard.Result;
            }

            Assert.Throws<InvalidOperationException>(() => guard.Result);
            var first = guard.CompleteAsync("charged");
            await Assert.ThrowsAsync<InvalidOperationException>(() => guard.FailAsync("too late"));
            return await first;
        });
        Assert.Equal("charged", Result(run));
    }

    [Fact]
    public void A_result_that_cannot_be_stored_is_the_failure_of_the_step()
    {
        var run = Start(async w => await (await w.AcquireStepAsync<string>("charge")).CompleteAsync("\ud800" + new string('x', DurableLimits.MaxPayloadBytes)));
        Assert.True(Assert.Throws<RunFailedException>(() => Result(run)).IsCausedBy<PayloadException>());
        Assert.Equal(CheckpointStatus.Failed, Assert.Single(Checkpoints(run)).Status);
    }

    [Fact]
    public void Calls_of_one_name_count_their_ordinals_and_share_them_with_steps()
    {
        var run = Start(async w =>
        {
            for (var i = 0; i < 2; i++)
            {
                var guard = await w.AcquireStepAsync<int>("charge");
                if (guard.ShouldExecute)
                    await guard.CompleteAsync(i);
            }

            return $"{await w.StepAsync("charge", _ => Task.FromResult(3))}";
        });
        Assert.Equal("3", Result(run));
        Assert.Equal(["/charge", "/charge#1", "/charge#2"], Checkpoints(run).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void A_step_that_was_recorded_otherwise_is_taken_over()
    {
        var run = Start(async w => await w.StepAsync("charge", _ => Task.FromResult("charged")) + await Seen(w));
        Assert.Equal("chargedseen", Result(run));
        var changed = Define(async w => (await w.AcquireStepAsync<string>("charge")).Result + await Seen(w));
        var fork = _simulation.Run(() => _simulation.Start(changed).Client.GetRun<string>("run").ForkAsync("/seen", "fork"));
        Assert.Equal("chargedseen", Result(fork));
    }

    [Fact]
    public void Branches_execute_by_hand_beside_each_other_and_replay_in_order()
    {
        var run = Start(async w =>
        {
            var branches = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => w.ScopeAsync("branch", async branch =>
            {
                await branch.StepAsync("before", _ => Task.FromResult(number));
                var guard = await branch.AcquireStepAsync<int>("charge");
                var charged = guard.IsRecorded ? guard.Result : await guard.CompleteAsync(number);
                return await branch.StepAsync("after", _ => Task.FromResult(charged));
            })));
            return string.Join(" ", branches);
        }, isSequential: false);
        Assert.Equal("0 1 2", Result(run));
        Assert.Equal(9, Checkpoints(run).Count);
    }

    [Fact]
    public void A_call_of_a_step_before_the_report_is_refused_in_sequential_code()
    {
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.ShouldExecute)
                await Seen(w);
            return await guard.CompleteAsync("charged");
        });
        Assert.Contains("while the code executes step '/charge' by hand", Assert.Throws<RunFailedException>(() => Result(run)).Error.Message);
        Assert.Empty(_executed);
    }

    [Fact]
    public void A_guard_is_acquired_and_reported_by_workflow_code_only()
    {
        var refused = new List<string>();
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync<string>("charge");
            if (guard.ShouldExecute)
                await guard.CompleteAsync("charged");
            return await w.StepAsync("inside", async _ =>
            {
                refused.Add((await Assert.ThrowsAsync<NestedStepException>(() => w.AcquireStepAsync("nested"))).Message);
                return "inside";
            });
        }, isSequential: false);
        Result(run);
        Assert.Contains("'nested' was called inside the body of step '/inside'", Assert.Single(refused));
    }

    [Fact]
    public void The_execution_has_a_token_for_the_outside_service()
    {
        var tokens = new List<Guid>();
        var run = Start(async w =>
        {
            var guard = await w.AcquireStepAsync("charge");
            if (guard.ShouldExecute)
            {
                tokens.Add(guard.Step.IdempotencyToken);
                await guard.CompleteAsync();
            }

            return "done";
        });
        Result(run);
        Assert.Equal([NameBasedGuid.Create("run", "/charge")], tokens);
    }

    [Fact]
    public void A_step_that_is_executed_by_hand_keeps_the_run_from_being_suspended()
    {
        var gate = new Workers.Gate();
        var failing = TestStep.Define<string, string>("slow", (_, step) => step.Attempt == 1 ? throw new IOException("down") : Task.FromResult("slow"), new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        var run = Start(async w =>
        {
            var slow = failing.CallAsync("x");
            var guard = await w.AcquireStepAsync("charge");
            if (guard.ShouldExecute)
            {
                await gate.PassAsync();
                await guard.CompleteAsync();
            }

            return await slow;
        }, isSequential: false, awaitsOnlyDurableWork: false);
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        gate.Open();
        _simulation.Settle();
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Advance(TimeSpan.FromHours(1));
        Assert.Equal("slow", _simulation.Run(() => run.GetResultAsync()));
    }

    private void Execute(string what) => _executed.Add(what);

    private Task<string> Seen(WorkflowContext w) => w.StepAsync("seen", _ =>
    {
        Execute("seen");
        return Task.FromResult("seen");
    });

    private static CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Define(Func<WorkflowContext, Task<string>> body, bool isSequential = true, bool awaitsOnlyDurableWork = true)
        => TestWorkflow.Define("Order", body, isSequential, awaitsOnlyDurableWork);

    // Unloaded and replayed after each outcome.
    private RunHandle<string> Start(Func<WorkflowContext, Task<string>> body, bool isSequential = true, bool awaitsOnlyDurableWork = true)
    {
        var workflow = Define(body, isSequential, awaitsOnlyDurableWork);
        var host = _simulation.Start(workflow, services: services => services.AddSingleton(new ForcedReplay(1)));
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private string Result(RunHandle<string> run)
    {
        _simulation.Advance(TimeSpan.FromSeconds(2));
        return _simulation.Run(() => run.GetResultAsync());
    }

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());
}
