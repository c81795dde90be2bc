using Durable.Storage;
using Durable.Testing;

namespace Durable.Runtime.Tests.Workers;

/// <summary>Two workers on one store, one of them paused past its lease: guarantee G7.</summary>
public sealed class TwoWorkersTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Gate _gate = new();
    private readonly ManualClock _pausedClock = new();
    private int _bodies;

    [Fact]
    public void A_run_goes_on_elsewhere_when_its_worker_is_paused_past_its_lease()
    {
        var run = PauseWithinBody();
        StartSecondWorker();
        Assert.Equal("by body 2", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void The_late_write_of_a_paused_worker_is_refused()
    {
        var run = PauseWithinBody();
        StartSecondWorker();
        _gate.Open();
        _simulation.Settle();
        var late = Assert.Single(_simulation.Store.Commits, commit => commit.Epoch == 1);
        Assert.Equal(CommitResult.Fenced, _simulation.Run(() => _simulation.Store.CommitAsync(late, CancellationToken.None).AsTask()));
        Assert.Equal([2L], Checkpoints(run).Select(checkpoint => checkpoint.Epoch));
    }

    [Fact]
    public void A_paused_worker_that_comes_back_leaves_the_outcome_as_it_is()
    {
        var run = PauseWithinBody();
        StartSecondWorker();
        _gate.Open();
        _simulation.Settle();
        _simulation.Advance(TimeSpan.FromMinutes(2), _pausedClock);
        Assert.Equal("by body 2", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(RunStatus.Completed, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Single(Checkpoints(run));
    }

    [Fact]
    public void Losing_a_lease_uses_up_no_attempt()
    {
        var run = PauseWithinBody();
        StartSecondWorker();
        var info = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal((1, 2L), (info.Attempt, info.Epoch));
        Assert.Equal(1, Assert.Single(Checkpoints(run)).Attempt);
    }

    [Fact]
    public void The_paused_worker_logs_that_its_run_went_on_elsewhere()
    {
        PauseWithinBody();
        StartSecondWorker();
        _gate.Open();
        _simulation.Settle();
        Assert.Contains("another worker holds the run", Assert.Single(_simulation.Logs.Of(1104)).Text);
    }

    [Fact]
    public void A_paused_worker_learns_of_its_loss_when_it_renews()
    {
        var canceled = false;
        var workflow = TestWorkflow.Define("Long", async w => await w.StepAsync("body", async ct =>
        {
            using var _ = ct.Register(() => canceled = true);
            await _gate.PassAsync();
            return "";
        }));
        var paused = _simulation.Start(workflow, clock: _pausedClock);
        _simulation.Run(() => paused.Client.StartAsync(workflow.Call(), "run"));
        _simulation.PassLeases();
        _simulation.Start(workflow, options => options.WorkerName = "second");
        _simulation.Advance(TimeSpan.FromSeconds(10), _pausedClock);
        Assert.True(canceled);
        Assert.Contains("its lease was lost", Assert.Single(_simulation.Logs.Of(1104)).Text);
    }

    [Fact]
    public void A_late_step_call_of_a_dropped_run_starts_no_body()
    {
        var late = 0;
        var foreign = new TaskCompletionSource();
        var isFirst = true;
        var workflow = TestWorkflow.Define("Foreign", async w =>
        {
            if (isFirst)
            {
                isFirst = false;
                await foreign.Task;
                await w.StepAsync("late", _ => Task.FromResult(++late));
            }

            return await w.StepAsync("body", _ => Task.FromResult("second"));
        });
        var paused = _simulation.Start(workflow, clock: _pausedClock);
        var run = _simulation.Run(() => paused.Client.StartAsync(workflow.Call(), "run"));
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(10), _pausedClock);
        foreign.SetResult();
        _simulation.Settle();
        Assert.Equal(0, late);
        Assert.Equal("/body", Assert.Single(Checkpoints(run)).StepId);
    }

    [Fact]
    public void A_worker_that_claims_its_own_lost_run_again_drops_the_older_incarnation()
    {
        // The store's clock runs ahead of the worker's, so that the lease passes there before the worker gives the run up.
        var canceled = 0;
        var workflow = TestWorkflow.Define("Own", async w => await w.StepAsync("body", async ct =>
        {
            using var _ = ct.Register(() => canceled++);
            await _gate.PassAsync(ct);
            return "";
        }));
        var host = _simulation.Start(workflow, clock: _pausedClock);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.PassLeases();
        _simulation.Advance(TimeSpan.FromSeconds(1), _pausedClock);
        Assert.Equal((2, 1), (_gate.Entered, canceled));
    }

    private RunHandle<string> PauseWithinBody()
    {
        var workflow = Workflow();
        var paused = _simulation.Start(workflow, options => options.WorkerName = "paused", _pausedClock);
        var run = _simulation.Run(() => paused.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(1, _gate.Entered);
        _simulation.PassLeases();
        return run;
    }

    private void StartSecondWorker() => _simulation.Start(Workflow(), options => options.WorkerName = "second");

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    // The first body waits at the gate; every later one passes.
    private CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Workflow() => TestWorkflow.Define("Charge", async w => await w.StepAsync("charge", async _ =>
    {
        var body = ++_bodies;
        if (body == 1)
            await _gate.PassAsync();
        return $"by body {body}";
    }));
}
