using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>Operators say how single steps turned out.</summary>
public sealed class StepDecisionTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly List<string> _bodies = [];
    private Func<string> _charge = () => throw new IOException("down");

    [Fact]
    public void A_failed_step_is_completed_with_a_value_and_the_run_goes_on_with_it()
    {
        var run = Start();
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.Equal("reserved by hand mailed", Result(run));
        Assert.Equal(["Reserve", "Charge", "Mail"], _bodies);
        Assert.Equal(2, _simulation.Run(() => run.GetInfoAsync()).Attempt);
    }

    [Fact]
    public void The_outcome_takes_the_place_and_the_time_of_the_old_one()
    {
        var run = Start();
        var failed = Checkpoints(run)[1];
        _simulation.Advance(TimeSpan.FromHours(1));
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        var completed = Checkpoints(run)[1];
        Assert.Equal((failed.Sequence, failed.CompletedAt, failed.Attempt, CheckpointStatus.Completed, null), (completed.Sequence, completed.CompletedAt, completed.Attempt, completed.Status, completed.Error));
    }

    [Fact]
    public void A_step_of_a_suspended_run_is_completed_while_its_next_attempt_is_waited_for()
    {
        var run = Start(new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        Assert.Equal(RunStatus.Suspended, Status(run));
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.Equal("reserved by hand mailed", Result(run));
        Assert.Equal(["Reserve", "Charge", "Mail"], _bodies);
        Assert.Equal(
            [("/Reserve", CheckpointKind.Step), ("/Charge", CheckpointKind.StepAttempt), ("/Charge", CheckpointKind.Step), ("/Mail", CheckpointKind.Step)],
            Checkpoints(run).Select(checkpoint => (checkpoint.StepId, checkpoint.Kind)));
    }

    [Fact]
    public void An_interrupted_step_is_completed_and_the_run_ends_with_that_value_on_every_replay()
    {
        var workflow = Interrupt();
        var run = _simulation.Client(workflow).GetRun<string>("run");
        Assert.Throws<RunFailedException>(() => Result(run));
        _charge = () => throw new InvalidOperationException("must not run");
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "charged after all"));
        Assert.Equal("reserved charged after all mailed", Result(run));
        Assert.Equal(["Reserve", "Charge", "Mail"], _bodies);
        // Once more from the start, over what is recorded.
        var fork = _simulation.Run(() => run.RestoreAsync(Checkpoints(run).Count, "again"));
        Assert.Equal("reserved charged after all mailed", Result(fork));
        Assert.Equal(3, _bodies.Count);
    }

    [Fact]
    public void A_step_that_began_and_has_no_end_is_completed()
    {
        var besideFails = true;
        var charge = TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            _bodies.Add("Charge");
            await _gate.PassAsync();
            return "never stored";
        }, retry: null, StepMode.AtMostOnce);
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            var charging = charge.CallAsync("x");
            await w.StepAsync("Beside", null, new StepOptions { Mode = StepMode.AtMostOnce }, (_, _) => besideFails ? throw new IOException("down") : Done("Beside", "fine"));
            return await charging;
        }, steps: charge);
        var run = Start(workflow);
        Assert.Equal([CheckpointKind.StepStarted, CheckpointKind.StepStarted, CheckpointKind.Step], Checkpoints(run).Select(checkpoint => checkpoint.Kind));
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.Equal(RunStatus.Failed, Status(run));
        besideFails = false;
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("by hand", Result(run));
        Assert.Equal(["Charge", "Beside"], _bodies);
    }

    [Fact]
    public void A_step_without_result_is_completed_without_a_value()
    {
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            await w.StepAsync("Notify", _ => throw new IOException("down"));
            return "done";
        }, isSequential: true, awaitsOnlyDurableWork: true);
        var run = Start(workflow);
        _simulation.Run(() => run.CompleteStepAsync("/Notify"));
        Assert.Equal("done", Result(run));
    }

    [Fact]
    public void A_step_fails_by_an_operators_word_and_the_code_can_tell()
    {
        var charge = Charge(new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        var workflow = TestWorkflow.Define("Order", async _ =>
        {
            try
            {
                return await charge.CallAsync("x");
            }
            catch (StepFailedException failure) when (failure.IsCausedBy<FailedByOperatorException>())
            {
                return $"given up: {failure.Error.Message}";
            }
        }, isSequential: true, awaitsOnlyDurableWork: true, steps: charge);
        var run = Start(workflow);
        _simulation.Run(() => run.FailStepAsync("/Charge", "the card is stolen"));
        Assert.Equal("given up: the card is stolen", Result(run));
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void An_operators_failure_stays_when_the_run_is_resumed()
    {
        var run = Start();
        _simulation.Run(() => run.FailStepAsync("/Charge", "the card is stolen"));
        Assert.True(Assert.Throws<RunFailedException>(() => Result(run)).IsCausedBy<FailedByOperatorException>());
        _simulation.Run(() => run.ResumeAsync());
        Assert.True(Assert.Throws<RunFailedException>(() => Result(run)).IsCausedBy<FailedByOperatorException>());
        Assert.Equal(["Reserve", "Charge"], _bodies);
    }

    [Fact]
    public void An_operator_may_decide_anew()
    {
        var run = Start();
        _simulation.Run(() => run.FailStepAsync("/Charge", "the card is stolen"));
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.Equal("reserved by hand mailed", Result(run));
    }

    [Fact]
    public void A_step_is_tried_again_with_all_its_attempts()
    {
        var run = Start(new RetryPolicy { MaxAttempts = 2, InitialDelay = TimeSpan.FromSeconds(1), Jitter = Jitter.None });
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RunStatus.Failed, Status(run));
        var failures = 0;
        _charge = () => failures++ == 0 ? throw new IOException("still down") : "charged";
        _simulation.Run(() => run.RetryStepAsync("/Charge"));
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("reserved charged mailed", Result(run));
        Assert.Equal(["Reserve", "Charge", "Charge", "Charge", "Charge", "Mail"], _bodies);
        Assert.Equal(2, Checkpoints(run).Single(checkpoint => checkpoint is { StepId: "/Charge", Status: CheckpointStatus.Completed, Kind: CheckpointKind.Step }).Attempt);
    }

    [Fact]
    public void An_interrupted_step_runs_again_when_an_operator_says_so()
    {
        var run = _simulation.Client(Interrupt()).GetRun<string>("run");
        Assert.Equal(RunStatus.Failed, Status(run));
        _simulation.Run(() => run.RetryStepAsync("/Charge"));
        Assert.Equal("reserved charged mailed", Result(run));
        Assert.Equal(["Reserve", "Charge", "Charge", "Mail"], _bodies);
    }

    [Fact]
    public void What_completed_is_never_changed()
    {
        var run = Start();
        foreach (var decide in (Func<Task>[])[() => run.CompleteStepAsync("/Reserve", "other"), () => run.FailStepAsync("/Reserve", "no"), () => run.RetryStepAsync("/Reserve")])
            Assert.Contains("what completed never changes", Assert.Throws<StepNotDecidableException>(() => _simulation.Run(decide)).Message);
        Assert.Equal(RunStatus.Failed, Status(run));
    }

    [Fact]
    public void The_same_decision_again_does_nothing()
    {
        var run = Start();
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.Equal("reserved by hand mailed", Result(run));
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.Throws<StepNotDecidableException>(() => _simulation.Run(() => run.CompleteStepAsync("/Charge", "otherwise")));
    }

    [Fact]
    public void A_decision_whose_answer_was_lost_can_be_repeated()
    {
        var run = Start();
        _simulation.Store.FailAfter(nameof(IRunStore.DecideStepAsync));
        Assert.Throws<StoreException>(() => _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand")));
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("reserved by hand mailed", Result(run));
    }

    [Fact]
    public void A_run_that_moved_meanwhile_is_read_again()
    {
        var run = Start();
        var moved = false;
        _simulation.Store.Before = async (verb, _) =>
        {
            if (verb != nameof(IRunStore.DecideStepAsync) || moved)
                return;
            moved = true;
            await _simulation.Store.ResumeRunAsync(new ResumeRequest("run", false), default);
            var claimed = await _simulation.Store.ClaimRunsAsync(new ClaimRequest { Worker = "w", Max = 1, Lease = TimeSpan.FromMinutes(1), Workflows = [new("Order", 1)] }, default);
            var failed = (await _simulation.Store.ReadCheckpointsAsync("run", default))[^1] with { Sequence = 3, Status = CheckpointStatus.Failed };
            await _simulation.Store.CommitAsync(new RunCommit { RunId = "run", Epoch = claimed[0].Epoch, Checkpoints = [failed], Transition = new RunTransition { Status = RunStatus.Failed, FailingSet = [3] } }, default);
        };
        _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"));
        Assert.True(moved);
        Assert.Equal("reserved by hand mailed", Result(run));
        Assert.Equal((3, CheckpointStatus.Completed), Checkpoints(run).Where(checkpoint => checkpoint is { StepId: "/Charge", Status: not CheckpointStatus.Cleared }).Select(checkpoint => ((int)checkpoint.Sequence, checkpoint.Status)).Single());
    }

    [Fact]
    public void A_run_that_goes_on_by_itself_is_not_decided_on()
    {
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            await w.StepAsync("First", _ => Task.FromResult(1));
            await w.StepAsync("Held", async _ => await _gate.PassAsync());
            return "done";
        });
        var run = Start(workflow);
        var refusal = Assert.Throws<StepNotDecidableException>(() => _simulation.Run(() => run.CompleteStepAsync("/Held")));
        Assert.Equal((RunStatus.Running, "/Held"), (refusal.Status, refusal.StepId));
    }

    [Fact]
    public void A_run_that_has_ended_for_good_is_not_decided_on()
    {
        var run = Start(new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        _simulation.Run(() => run.TerminateAsync("enough"));
        Assert.Contains("for good", Assert.Throws<StepNotDecidableException>(() => _simulation.Run(() => run.RetryStepAsync("/Charge"))).Message);
    }

    [Fact]
    public void A_step_of_which_nothing_is_recorded_is_told_with_those_that_there_are()
    {
        var run = Start();
        Assert.Contains("'/Charge'", Assert.Throws<StepNotFoundException>(() => _simulation.Run(() => run.RetryStepAsync("/Chrage"))).Message);
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => _simulation.Client().GetRun("other").RetryStepAsync("/Charge")));
    }

    [Fact]
    public void A_value_of_another_type_is_refused()
    {
        var run = Start();
        Assert.Contains("'System.String'", Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.CompleteStepAsync("/Charge", 17))).Message);
        Assert.Contains("CompleteStepAsync(stepId, value)", Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.CompleteStepAsync("/Charge"))).Message);
        Assert.Equal(RunStatus.Failed, Status(run));
    }

    [Fact]
    public void A_process_that_does_not_know_the_workflow_can_fail_a_step_but_not_complete_it()
    {
        Start();
        var run = _simulation.Client().GetRun("run");
        Assert.Contains("not registered here", Assert.Throws<InvalidOperationException>(() => _simulation.Run(() => run.CompleteStepAsync("/Charge", "by hand"))).Message);
        _simulation.Run(() => run.FailStepAsync("/Charge", "the card is stolen"));
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.True(Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).IsCausedBy<FailedByOperatorException>());
    }

    [Fact]
    public void Code_that_had_moved_past_the_failure_is_quarantined_instead_of_going_another_way()
    {
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            try
            {
                await w.StepAsync<string>("Optional", _ => throw new IOException("down"));
            }
            catch (StepFailedException)
            {
                await w.StepAsync("Instead", _ => Task.FromResult("instead"));
            }

            return await w.StepAsync<string>("Last", _ => throw new IOException("down"));
        }, isSequential: true, awaitsOnlyDurableWork: true);
        var run = Start(workflow);
        _simulation.Run(() => run.CompleteStepAsync("/Optional", "done after all"));
        Assert.Throws<RunQuarantinedException>(() => Result(run));
    }

    [Fact]
    public void Messages_have_a_limit()
    {
        var run = Start();
        Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.FailStepAsync("/Charge", " ")));
        Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.FailStepAsync("/Charge", new string('x', DurableLimits.MaxReasonLength + 1))));
    }

    private string Result(RunHandle<string> run)
    {
        // A worker elsewhere polls.
        _simulation.Advance(TimeSpan.FromSeconds(2));
        return _simulation.Run(() => run.GetResultAsync());
    }

    private RunStatus Status(RunHandle run) => _simulation.Run(() => run.GetStatusAsync());

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private RunHandle<string> Start(RetryPolicy? policy = null) => Start(Order(Charge(policy)));

    private RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    // A run that failed because its process died within a charge that must not run twice, with a worker that knows it.
    private WorkflowDefinition<TestWorkflow.Input, string> Interrupt()
    {
        var held = new Workers.Gate();
        var workflow = Order(TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            _bodies.Add("Charge");
            if (held.Entered == 0)
                await held.PassAsync();
            return "charged";
        }, retry: null, StepMode.AtMostOnce));
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(1, held.Entered);
        _simulation.Kill(host);
        _simulation.PassLeases();
        _simulation.Start(workflow);
        return workflow;
    }

    private StepDefinition<TestStep.Arguments<string>, string> Charge(RetryPolicy? policy = null, StepMode mode = StepMode.AtLeastOnce) => TestStep.Define<string, string>("Charge", (_, _) =>
    {
        _bodies.Add("Charge");
        return Task.FromResult(_charge());
    }, policy, mode);

    private WorkflowDefinition<TestWorkflow.Input, string> Order(StepDefinition<TestStep.Arguments<string>, string> charge) => TestWorkflow.Define("Order", async w =>
    {
        var reserved = await w.StepAsync("Reserve", _ => Done("Reserve", "reserved"));
        var charged = await charge.CallAsync("x");
        return $"{reserved} {charged} {await w.StepAsync("Mail", _ => Done("Mail", "mailed"))}";
    }, isSequential: true, awaitsOnlyDurableWork: true, steps: charge);

    private Task<string> Done(string step, string result)
    {
        _bodies.Add(step);
        return Task.FromResult(result);
    }
}
