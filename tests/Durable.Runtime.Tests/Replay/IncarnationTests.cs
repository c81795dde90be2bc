using Durable.Execution;
using Durable.Storage;

namespace Durable.Runtime.Tests.Replay;

/// <summary>How an incarnation ends, and what comes too late for it.</summary>
public sealed class IncarnationTests
{
    private readonly SeededScheduler _scheduler = new(seed: 1);

    [Fact]
    public async Task A_run_that_is_drained_before_its_checkpoints_are_read_is_given_back()
    {
        var rig = Rig(async w =>
        {
            var a = await w.StepAsync("a", _ => Task.FromResult(1));
            return a + await w.StepAsync("b", _ => Task.FromResult(1));
        });
        DropAtCommit(rig, sequence: 2);
        var read = new TaskCompletionSource();
        rig.Store.Before = (verb, _) => verb == nameof(IRunStore.ReadCheckpointsAsync) ? read.Task : Task.CompletedTask;
        var driver = rig.Claim();
        var end = rig.DriveAsync(driver);
        driver.Drain();
        _scheduler.RunAll();
        read.SetResult();
        Assert.Equal(RunEnd.Released, Ended(end));
        Assert.Equal(RunStatus.Pending, await rig.StatusAsync());
    }

    [Fact]
    public async Task A_diverged_run_that_awaits_foreign_work_is_set_aside_once_it_stood_still_for_the_stall_timeout()
    {
        var renamed = false;
        var rig = Rig(async w => await w.StepAsync(renamed ? "b" : "a", _ => Task.FromResult(1)) + await w.StepAsync("c", _ => Task.FromResult(1)));
        DropAtCommit(rig, sequence: 2);
        renamed = true;
        var end = rig.DriveAsync();
        _scheduler.RunAll();
        rig.Clock.Advance(rig.Options.ReplayStallTimeout);
        Assert.Equal(RunEnd.Ended, Ended(end));
        Assert.Equal(RunStatus.Quarantined, await rig.StatusAsync());
    }

    [Fact]
    public async Task Workflow_code_never_sees_the_token_that_a_shutdown_cancels()
    {
        var rig = Rig(async w =>
        {
            var step = w.StepAsync("a", async ct =>
            {
                await CanceledAsync(ct);
                return 1;
            });
            await await Task.WhenAny(step, CanceledAsync(w.CancellationToken));
            return 1;
        });
        var driver = rig.Claim();
        var end = rig.DriveAsync(driver);
        _scheduler.RunAll();
        driver.Drain();
        driver.CancelBodies();
        Assert.Equal(RunEnd.Released, Ended(end));
        Assert.Equal(RunStatus.Pending, await rig.StatusAsync());
    }

    private static Task CanceledAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource();
        cancellationToken.Register(() => canceled.SetCanceled(cancellationToken));
        return canceled.Task;
    }

    private RunRig<int> Rig(Func<WorkflowContext, Task<int>> code) => new(TestWorkflow.Define("W", code), scheduler: _scheduler);

    // Leaves the run as a worker leaves it that dies right before this commit.
    private void DropAtCommit(RunRig<int> rig, long sequence)
    {
        var driver = rig.Claim();
        rig.Store.Before = (_, request) =>
        {
            if (request is not RunCommit commit || commit.Checkpoints.All(checkpoint => checkpoint.Sequence < sequence))
                return Task.CompletedTask;
            driver.Drop("test");
            return Task.FromCanceled(driver.Held);
        };
        Assert.Equal(RunEnd.Lost, Ended(rig.DriveAsync(driver)));
        rig.Store.Before = null;
    }

    private RunEnd Ended(Task<RunEnd> end)
    {
        _scheduler.RunAll();
        Assert.True(end.IsCompleted, "The incarnation goes on, but nothing is due.");
        return end.GetAwaiter().GetResult();
    }
}
