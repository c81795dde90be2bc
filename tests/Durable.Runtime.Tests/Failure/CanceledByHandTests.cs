namespace Durable.Runtime.Tests.Failure;

/// <summary>Runs that are canceled while their code executes a step by hand.</summary>
public sealed class CanceledByHandTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly Workers.Gate _gate = new();
    private readonly List<string> _executed = [];

    [Fact]
    public void What_was_begun_by_hand_is_reported_and_recorded_and_nothing_follows_it()
    {
        var run = Start(async w =>
        {
            await ChargeAsync(w, _ => _gate.PassAsync());
            return await w.StepAsync("mail", _ => Task.FromResult("mailed"));
        });
        _simulation.Run(() => run.CancelAsync("changed my mind"));
        _simulation.Settle();
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _gate.Open();
        Assert.Equal("changed my mind", Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync())).Reason);
        Assert.Equal([("/", CheckpointStatus.Canceled), ("/charge", CheckpointStatus.Completed)], Checkpoints(run));
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("mailed", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["charge"], _executed);
    }

    [Fact]
    public void Code_that_listens_to_the_cancellation_leaves_the_step_unreported()
    {
        var run = Start(async w =>
        {
            await ChargeAsync(w, _gate.PassAsync);
            return "charged";
        });
        _simulation.Run(() => run.CancelAsync("changed my mind"));
        Assert.Equal("changed my mind", Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync())).Reason);
        Assert.Equal([("/", CheckpointStatus.Canceled)], Checkpoints(run));
        _gate.Open();
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["charge", "charge"], _executed);
    }

    [Fact]
    public void A_step_that_is_acquired_after_the_code_was_told_is_refused()
    {
        var run = Start(async w =>
        {
            try
            {
                return await w.StepAsync("held", async _ =>
                {
                    await _gate.PassAsync();
                    return "held";
                });
            }
            finally
            {
                await ChargeAsync(w, _ => Task.CompletedTask);
            }
        });
        _simulation.Run(() => run.CancelAsync());
        _gate.Open();
        Assert.Throws<RunCanceledException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Empty(_executed);
    }

    private async Task ChargeAsync(WorkflowContext w, Func<CancellationToken, Task> execute)
    {
        var guard = await w.AcquireStepAsync("charge");
        if (guard.IsRecorded)
            return;
        _executed.Add("charge");
        await execute(w.CancellationToken);
        await guard.CompleteAsync();
    }

    private RunHandle<string> Start(Func<WorkflowContext, Task<string>> body)
    {
        var workflow = TestWorkflow.Define("Order", body, isSequential: true);
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private IEnumerable<(string StepId, CheckpointStatus Status)> Checkpoints(RunHandle run)
        => _simulation.Run(() => run.GetCheckpointsAsync()).Where(checkpoint => checkpoint.Status != CheckpointStatus.Cleared).Select(checkpoint => (checkpoint.StepId, checkpoint.Status));
}
