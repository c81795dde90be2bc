using Durable.Storage;
using Durable.Testing;

namespace Durable.Runtime.Tests.Workers;

/// <summary>A terminated run ends at once and for good, whoever holds it and whatever is under way.</summary>
public sealed class TerminateTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly ManualClock _othersClock = new();
    private readonly Gate _gate = new();
    private readonly List<string> _seen = [];
    private int _canceled;

    [Fact]
    public void A_run_held_in_this_process_is_stopped_mid_body_and_its_bodies_token_is_canceled()
    {
        var run = StartHeld();
        _simulation.Run(() => run.TerminateAsync("no longer wanted"));
        _simulation.Settle();
        Assert.Equal((1, RunStatus.Canceled), (_canceled, Status(run)));
        Assert.Single(_simulation.Logs.Of(1111));
        Assert.Empty(_simulation.Logs.Of(1104));
    }

    [Fact]
    public void Workflow_code_sees_nothing_of_a_termination()
    {
        var run = StartHeld();
        _simulation.Run(() => run.TerminateAsync());
        _gate.Open();
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(_seen);
    }

    [Fact]
    public void What_a_body_brings_after_a_termination_is_not_stored()
    {
        var run = StartHeld();
        _simulation.Run(() => run.TerminateAsync());
        _gate.Open();
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(_simulation.Run(() => run.GetCheckpointsAsync()));
        Assert.Equal(RunStatus.Canceled, Status(run));
    }

    [Fact]
    public void The_worker_has_room_for_another_run_at_once()
    {
        var host = _simulation.Start([Workflow(), Echo], options => options.MaxConcurrentRuns = 1);
        var run = _simulation.Run(() => host.Client.StartAsync(Workflow().Call(), "run"));
        var next = _simulation.Run(() => host.Client.StartAsync(Echo.Call("next"), "next"));
        Assert.Equal(RunStatus.Pending, Status(next));
        _simulation.Run(() => run.TerminateAsync());
        Assert.Equal("next", _simulation.Run(() => next.GetResultAsync()));
    }

    [Fact]
    public void A_worker_elsewhere_learns_of_it_when_it_renews()
    {
        StartHeld(_othersClock);
        var elsewhere = _simulation.Client(Workflow()).GetRun("run");
        _simulation.Run(() => elsewhere.TerminateAsync());
        _simulation.Settle();
        Assert.Equal((0, RunStatus.Canceled), (_canceled, Status(elsewhere)));
        _simulation.Advance(TimeSpan.FromSeconds(10), _othersClock);
        Assert.Equal(1, _canceled);
    }

    [Fact]
    public void A_worker_elsewhere_is_fenced_when_it_commits()
    {
        var run = StartHeld(_othersClock);
        var elsewhere = _simulation.Client(Workflow()).GetRun("run");
        _simulation.Run(() => elsewhere.TerminateAsync());
        _gate.Open();
        _simulation.Settle();
        Assert.Empty(_simulation.Run(() => run.GetCheckpointsAsync()));
        Assert.Equal(RunStatus.Canceled, Status(run));
        Assert.Contains("or it was terminated", Assert.Single(_simulation.Logs.Of(1104)).Text);
        Assert.Empty(_seen);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_commit_of_a_step_whose_answer_is_lost_stays_what_it_was(bool tookEffect, bool sameProcess)
    {
        var run = StartHeld(sameProcess ? null : _othersClock);
        LoseOneCommit(tookEffect);
        _gate.Open();
        _simulation.Settle();
        TerminateFrom(sameProcess, run);
        _simulation.Advance(TimeSpan.FromMinutes(2), sameProcess ? null : _othersClock);
        Assert.Equal(tookEffect ? ["/body"] : [], _simulation.Run(() => run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId));
        Assert.Equal(RunStatus.Canceled, Status(run));
        Assert.DoesNotContain("after", _seen);
        Assert.Empty(_simulation.Logs.Of(1101));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_end_whose_answer_is_lost_and_that_was_not_stored_gives_way(bool sameProcess)
    {
        var workflow = Echo;
        var host = _simulation.Start(workflow, clock: sameProcess ? null : _othersClock);
        LoseOneCommit(tookEffect: false);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call("x"), "run"));
        _simulation.Settle();
        TerminateFrom(sameProcess, run);
        _simulation.Advance(TimeSpan.FromMinutes(2), sameProcess ? null : _othersClock);
        Assert.Equal(RunStatus.Canceled, Status(run));
        Assert.Empty(_simulation.Store.Outcomes);
        Assert.Empty(_simulation.Logs.Of(1101));
    }

    [Fact]
    public void An_end_that_was_stored_stands_though_its_answer_is_lost()
    {
        var host = _simulation.Start(Echo);
        LoseOneCommit(tookEffect: true);
        var run = _simulation.Run(() => host.Client.StartAsync(Echo.Call("x"), "run"));
        _simulation.Settle();
        var late = Assert.Throws<RunNotTerminableException>(() => _simulation.Run(() => run.TerminateAsync()));
        Assert.Equal(RunStatus.Completed, late.Status);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("x", _simulation.Run(() => run.GetResultAsync()));
        Assert.Single(_simulation.Logs.Of(1101));
    }

    [Fact]
    public void A_terminated_run_is_not_taken_up_by_a_later_worker()
    {
        StartHeld(_othersClock);
        _simulation.Run(() => _simulation.Client(Workflow()).GetRun("run").TerminateAsync());
        _simulation.PassLeases();
        _simulation.Start(Workflow());
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _gate.Entered);
    }

    [Fact]
    public void A_new_run_of_a_purged_id_is_safe_from_the_worker_that_still_holds_the_old_one()
    {
        StartHeld(_othersClock);
        var client = _simulation.Client(Workflow());
        _simulation.Run(() => client.GetRun("run").TerminateAsync());
        _simulation.Run(() => client.PurgeRunsAsync(TimeSpan.Zero));
        var again = _simulation.Run(() => client.StartAsync(Workflow(second: true).Call(), "run"));
        _simulation.Start(Workflow(second: true), options => options.WorkerName = "second");
        Assert.Equal("second", _simulation.Run(() => again.GetResultAsync()));
        _gate.Open();
        _simulation.Settle();
        Assert.Equal("\"second\"", System.Text.Encoding.UTF8.GetString(Assert.Single(_simulation.Run(() => again.GetCheckpointsAsync())).Result.Span));
        Assert.Single(_simulation.Logs.Of(1104));
    }

    private static CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Echo { get; } = TestWorkflow.Define("Echo", (_, input) => Task.FromResult(input));

    private RunHandle<string> StartHeld(ManualClock? clock = null)
    {
        var workflow = Workflow();
        var host = _simulation.Start(workflow, clock: clock);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(1, _gate.Entered);
        return run;
    }

    private void TerminateFrom(bool sameProcess, RunHandle run)
    {
        var handle = sameProcess ? run : _simulation.Client(Workflow(), Echo).GetRun("run");
        _simulation.Run(() => handle.TerminateAsync("enough"));
    }

    private void LoseOneCommit(bool tookEffect)
    {
        if (tookEffect)
            _simulation.Store.FailAfter(nameof(IRunStore.CommitAsync));
        else
            _simulation.Store.FailBefore(nameof(IRunStore.CommitAsync));
    }

    private RunStatus Status(RunHandle run) => _simulation.Run(() => run.GetStatusAsync());

    private CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Workflow(bool second = false) => TestWorkflow.Define("Held", async w =>
    {
        try
        {
            var result = await w.StepAsync("body", async ct =>
            {
                if (second)
                    return "second";
                using var _ = ct.Register(() => _canceled++);
                await _gate.PassAsync();
                return "first";
            });
            if (!second)
                await w.StepAsync("after", _ => Note("after"));
            return result;
        }
        catch (Exception exception)
        {
            _seen.Add(exception.GetType().Name);
            throw;
        }
    });

    private Task<string> Note(string what)
    {
        _seen.Add(what);
        return Task.FromResult(what);
    }
}
