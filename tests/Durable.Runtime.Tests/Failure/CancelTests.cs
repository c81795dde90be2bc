using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Cancellation: accepted durably, told to the code at a checkpoint, never followed by a completion, withdrawn by a resume.</summary>
public sealed class CancelTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly List<string> _bodies = [];
    private readonly List<string> _seen = [];

    [Fact]
    public void A_run_that_is_canceled_before_it_starts_executes_no_body()
    {
        var workflow = Define(async _ => await Step("Charge").CallAsync("x"));
        var client = _simulation.Client(workflow);
        var run = _simulation.Run(() => client.StartAsync(workflow.Call(), "run"));
        _simulation.Run(() => run.CancelAsync("not wanted"));
        _simulation.Start(workflow);
        Assert.Equal("not wanted", Outcome(run).Reason);
        Assert.Empty(_bodies);
    }

    [Fact]
    public void A_running_body_is_told_by_its_token_at_once_in_the_same_process()
    {
        var run = Start(async _ => await Held("Charge").CallAsync("x"));
        Assert.Equal(1, _gate.Entered);
        _simulation.Run(() => run.CancelAsync("changed my mind"));
        _simulation.Settle();
        Assert.Equal("changed my mind", Outcome(run).Reason);
        Assert.Equal([(CheckpointKind.RunCanceled, CheckpointStatus.Canceled), (CheckpointKind.Step, CheckpointStatus.Canceled)], Checkpoints(run).Select(checkpoint => (checkpoint.Kind, checkpoint.Status)));
    }

    [Fact]
    public void A_running_body_in_another_process_is_told_at_the_next_renewal()
    {
        var workflow = Define(async _ => await Held("Charge").CallAsync("x"));
        Start(workflow);
        var elsewhere = _simulation.Client(workflow).GetRun<string>("run");
        _simulation.Run(() => elsewhere.CancelAsync());
        _simulation.Settle();
        Assert.Equal(RunStatus.Running, _simulation.Run(() => elsewhere.GetStatusAsync()));
        _simulation.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(Outcome(elsewhere).Reason);
    }

    [Fact]
    public void A_run_that_writes_learns_of_it_from_its_next_commit()
    {
        var workflow = Define(async _ =>
        {
            await Step("First").CallAsync("x");
            return await Step("Second").CallAsync("x");
        });
        var client = _simulation.Client(workflow);
        _simulation.Store.Before = async (verb, request) =>
        {
            if (verb == nameof(IRunStore.CommitAsync) && _bodies.Count == 1 && request is RunCommit { KnowsCancellation: false })
                await _simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("late")), default);
        };
        var run = Start(workflow);
        Assert.Equal("late", Outcome(run).Reason);
        Assert.Equal(["First"], _bodies);
        Assert.Equal(CheckpointStatus.Completed, Checkpoints(run)[0].Status);
    }

    [Fact]
    public void A_body_that_does_not_listen_is_waited_for_and_its_outcome_is_kept()
    {
        var run = Start(async _ =>
        {
            _seen.Add(await Deaf("Charge").CallAsync("x"));
            return await Step("Mail").CallAsync("x");
        });
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _gate.Open();
        _simulation.Settle();
        Outcome(run);
        Assert.Equal("Charge done", _seen[0]);
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void A_body_that_throws_while_its_run_is_canceled_fails_and_is_not_tried_again()
    {
        var charge = TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            _bodies.Add("Charge");
            await _gate.PassAsync();
            throw new IOException("the connection was closed");
        }, new RetryPolicy { MaxAttempts = 5 });
        var run = Start(async _ => await charge.CallAsync("x"));
        _simulation.Run(() => run.CancelAsync());
        _gate.Open();
        _simulation.Advance(TimeSpan.FromMinutes(5));
        Assert.True(Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).IsCausedBy<IOException>());
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void Once_the_code_was_told_each_durable_call_throws_and_none_has_a_record()
    {
        var run = Start(async w =>
        {
            for (var call = 0; call < 3; call++)
            {
                try
                {
                    await Held("Charge").CallAsync("x");
                }
                catch (RunCanceledException canceled)
                {
                    _seen.Add($"{call} {canceled.RunId} {canceled.Reason}");
                }
            }

            await w.StepAsync("Inline", _ => Task.CompletedTask);
            return "never";
        });
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        Outcome(run);
        Assert.Equal(["0 run stop", "1 run stop", "2 run stop"], _seen);
        Assert.Equal(2, Checkpoints(run).Count);
    }

    [Fact]
    public void Code_that_swallows_the_cancellation_and_returns_does_not_complete()
    {
        var run = Start(async _ =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                return "completed after all";
            }
        });
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
    }

    [Fact]
    public void Code_that_answers_the_cancellation_with_an_error_of_its_own_fails_with_it()
    {
        var run = Start(async _ =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException canceled)
            {
                throw new InvalidOperationException("half done", canceled);
            }
        });
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Assert.Equal("half done", Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).Error.Message);
    }

    [Fact]
    public void A_retry_that_waits_in_memory_ends_at_once()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) => throw new IOException("down"), new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(8), Jitter = Jitter.None });
        var run = Start(async _ => await charge.CallAsync("x"));
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
    }

    [Fact]
    public void A_suspended_run_is_woken_to_be_told()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) =>
        {
            _bodies.Add("Charge");
            throw new IOException("down");
        }, new RetryPolicy { InitialDelay = TimeSpan.FromHours(8), Jitter = Jitter.None });
        var run = Start(async _ => await charge.CallAsync("x"));
        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void Foreign_work_that_listens_to_the_workflows_token_ends()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async w =>
        {
            await _gate.PassAsync(w.CancellationToken);
            return "never";
        }));
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
    }

    [Fact]
    public void Between_the_last_step_and_the_return_it_is_not_too_late_and_a_resume_completes_without_repeating_the_step()
    {
        var accepted = false;
        _simulation.Store.Before = async (verb, request) =>
        {
            if (!accepted && request is RunCommit { Transition.Status: RunStatus.Completed })
            {
                accepted = true;
                await _simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("at the last moment")), default);
            }
        };
        var run = Start(async _ => await Step("Charge").CallAsync("x"));
        Assert.Equal("at the last moment", Outcome(run).Reason);
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("Charge done", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void A_resume_withdraws_what_was_stored_before_the_code_could_be_told()
    {
        var run = (RunHandle<string>?)null;
        var asked = false;
        _simulation.Store.After = async (_, request) =>
        {
            // The outcome of the last step is stored; the cancellation is accepted and about to be told when the code returns.
            if (!asked && request is RunCommit { Checkpoints: [{ StepId: "/Charge" }] })
            {
                asked = true;
                await _simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("stop")), default);
            }
        };
        run = Start(TestWorkflow.Define<string>("Order", async _ =>
        {
            var late = Deaf("Late").CallAsync("x");
            var charge = await Step("Charge").CallAsync("x");
            await Task.WhenAny(late, Step("Mail").CallAsync("x"));
            return charge;
        }, awaitsOnlyDurableWork: true));
        // The code has ended; the body that it does not wait for is still under way.
        _gate.Open();
        Outcome(run);
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("Charge done", _simulation.Run(() => run.GetResultAsync()));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Suspended)]
    public void What_was_decided_before_it_was_learned_of_is_decided_anew(RunStatus end)
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) =>
        {
            _bodies.Add("Charge");
            return end == RunStatus.Suspended ? throw new IOException("down") : Task.FromResult("charged");
        }, new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        var host = (DurableHost?)null;
        var canceled = false;
        _simulation.Store.Before = async (_, request) =>
        {
            if (!canceled && request is RunCommit { Transition: { } transition } && transition.Status == end)
            {
                canceled = true;
                // Accepted and learned of while the end is on its way to the store.
                await host!.Client.GetRun("run").CancelAsync("just now");
            }
        };
        var workflow = Define(async _ =>
        {
            await charge.CallAsync("x");
            return end == RunStatus.Failed ? throw new InvalidOperationException("a bug") : "done";
        });
        host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Settle();
        Assert.Equal(end == RunStatus.Failed ? RunStatus.Failed : RunStatus.Canceled, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void A_resume_withdraws_it_and_what_was_canceled_runs_again()
    {
        var run = Start(async _ =>
        {
            await Step("Mail").CallAsync("x");
            return await Held("Charge").CallAsync("x");
        });
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Outcome(run);
        _gate.Open();
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("Charge done", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Mail", "Charge", "Charge"], _bodies);
        Assert.False(_simulation.Run(() => run.GetInfoAsync()).IsCancelRequested);
    }

    [Fact]
    public void Code_is_told_at_the_same_point_when_it_is_replayed()
    {
        var workflow = Define(async w =>
        {
            try
            {
                await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException canceled)
            {
                _seen.Add($"{canceled.Reason} after {string.Join(",", _bodies.Distinct())}");
            }

            return await w.Shield("Undo", _ => Deaf("Refund").CallAsync("x"));
        });
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        Assert.Equal("stop", Outcome(_simulation.Client(workflow).GetRun<string>("run")).Reason);
        Assert.True(_seen.Count > 1 && _seen.All(line => line.StartsWith("stop after Charge", StringComparison.Ordinal)), string.Join("; ", _seen));
        Assert.Equal(1, _bodies.Count(body => body == "Charge"));
    }

    [Fact]
    public void A_step_that_was_refused_is_no_divergence_when_what_follows_it_is_recorded()
    {
        var workflow = Define(async w =>
        {
            try
            {
                await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                await Assert.ThrowsAsync<RunCanceledException>(() => Step("Refused").CallAsync("x"));
            }

            await w.Shield("First", _ => Step("Refund").CallAsync("x"));
            return await w.Shield("Second", _ => Deaf("Mail").CallAsync("x"));
        });
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        _simulation.Kill(host);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        Outcome(_simulation.Client(workflow).GetRun<string>("run"));
        Assert.DoesNotContain("Refused", _bodies);
    }

    [Fact]
    public void An_at_most_once_body_that_was_lost_stays_interrupted_although_the_run_is_canceled()
    {
        var charge = TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            _bodies.Add("Charge");
            await _gate.PassAsync();
            return "charged";
        }, retry: null, StepMode.AtMostOnce);
        var workflow = Define(async _ =>
        {
            try
            {
                return await charge.CallAsync("x");
            }
            catch (StepInterruptedException interruption)
            {
                _seen.Add(interruption.StepId);
                throw;
            }
        });
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Kill(host);
        var run = _simulation.Client(workflow).GetRun<string>("run");
        _simulation.Run(() => run.CancelAsync());
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Settle();
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Contains("/Charge", _seen);
        Assert.Single(_bodies);
    }

    [Fact]
    public void All_branches_under_way_are_told()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async _ => string.Join(",", await Task.WhenAll(Held("A").CallAsync("x"), Held("B").CallAsync("x"))), awaitsOnlyDurableWork: true));
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Outcome(run);
        Assert.Equal(2, Checkpoints(run).Count(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: CheckpointStatus.Canceled }));
    }

    [Fact]
    public void A_shutdown_while_the_run_is_being_canceled_loses_nothing_of_it()
    {
        var workflow = Define(async _ => await Deaf("Charge").CallAsync("x"));
        var host = _simulation.Start(workflow, options => options.ShutdownGrace = TimeSpan.Zero);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Run(() => run.CancelAsync("stop"));
        _simulation.Settle();
        var stopping = _simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return true;
        });
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.True(stopping.IsCompletedSuccessfully);
        _gate.Open();
        _simulation.PassLeases();
        _simulation.Start(workflow);
        Assert.Equal("stop", Outcome(_simulation.Client(workflow).GetRun<string>("run")).Reason);
    }

    [Fact]
    public void The_first_reason_stays()
    {
        var run = Start(async _ => await Deaf("Charge").CallAsync("x"));
        _simulation.Run(() => run.CancelAsync("first"));
        _simulation.Run(() => run.CancelAsync("second"));
        Assert.True(_simulation.Run(() => run.GetInfoAsync()).IsCancelRequested);
        _gate.Open();
        Assert.Equal("first", Outcome(run).Reason);
        _simulation.Run(() => run.CancelAsync("third"));
        Assert.Equal("first", Outcome(run).Reason);
    }

    [Fact]
    public void What_has_ended_or_is_not_there_cannot_be_canceled()
    {
        var run = Start(async _ => await Step("Charge").CallAsync("x"));
        _simulation.Run(() => run.GetResultAsync());
        Assert.Equal(RunStatus.Completed, Assert.Throws<RunNotCancelableException>(() => _simulation.Run(() => run.CancelAsync())).Status);
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => _simulation.Client().GetRun("unknown").CancelAsync()));
        Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.CancelAsync(new string('x', DurableLimits.MaxReasonLength + 1))));
    }

    [Fact]
    public void A_fork_of_a_canceled_run_is_not_canceled()
    {
        var run = Start(async _ =>
        {
            await Step("Mail").CallAsync("x");
            return await Held("Charge").CallAsync("x");
        });
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Outcome(run);
        _gate.Open();
        var fork = _simulation.Run(() => run.RestoreAsync(checkpoint: Checkpoints(run).Count, "fork"));
        Assert.Equal("Charge done", _simulation.Run(() => fork.GetResultAsync()));
        Assert.Equal(["Mail", "Charge", "Charge"], _bodies);
    }

    [Fact]
    public void An_operators_decision_about_a_step_withdraws_it()
    {
        var run = Start(async _ =>
        {
            var charge = await Held("Charge").CallAsync("x");
            return $"{charge}, {await Step("Mail").CallAsync("x")}";
        });
        _simulation.Run(() => run.CancelAsync());
        _simulation.Settle();
        Outcome(run);
        _gate.Open();
        _simulation.Run(() => run.RetryStepAsync("/Charge"));
        Assert.Equal("Charge done, Mail done", _simulation.Run(() => run.GetResultAsync()));
    }

    private RunCanceledException Outcome(RunHandle<string> run) => Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private StepDefinition<TestStep.Arguments<string>, string> Step(string name) => Body(name, _ => Task.CompletedTask);

    // A body that waits, and gives up when it is told.
    private StepDefinition<TestStep.Arguments<string>, string> Held(string name) => Body(name, step => _gate.PassAsync(step.CancellationToken));

    // A body that waits, whatever it is told.
    private StepDefinition<TestStep.Arguments<string>, string> Deaf(string name) => Body(name, _ => _gate.PassAsync());

    private StepDefinition<TestStep.Arguments<string>, string> Body(string name, Func<StepContext, Task> within) => TestStep.Define<string, string>(name, async (_, step) =>
    {
        _bodies.Add(name);
        await within(step);
        return $"{name} done";
    });

    private static WorkflowDefinition<TestWorkflow.Input, string> Define(Func<WorkflowContext, Task<string>> body) => TestWorkflow.Define("Order", body, isSequential: true, awaitsOnlyDurableWork: true);

    private RunHandle<string> Start(Func<WorkflowContext, Task<string>> body) => Start(Define(body));

    private RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }
}
