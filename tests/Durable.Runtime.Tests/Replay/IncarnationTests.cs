using Durable.Execution;
using Durable.Storage;

namespace Durable.Runtime.Tests.Replay;

/// <summary>How an incarnation ends, and what comes too late for it.</summary>
public sealed class IncarnationTests : SimulatedRunTests
{
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
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        incarnation.Drain();
        Scheduler.RunAll();
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
        Scheduler.RunAll();
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
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        Scheduler.RunAll();
        incarnation.Drain();
        incarnation.CancelBodies();
        Assert.Equal(RunEnd.Released, Ended(end));
        Assert.Equal(RunStatus.Pending, await rig.StatusAsync());
    }

    private static Task CanceledAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource();
        cancellationToken.Register(() => canceled.SetCanceled(cancellationToken));
        return canceled.Task;
    }

    [Fact]
    public async Task A_foreign_continuation_that_comes_after_the_drop_is_ignored_and_logged()
    {
        var foreign = new TaskCompletionSource();
        var went = false;
        var rig = Rig(async w =>
        {
            await w.StepAsync("a", One);
            await foreign.Task;
            went = true;
            return await w.StepAsync("b", One);
        });
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        Scheduler.RunAll();
        incarnation.Drop("test");
        Assert.Equal(RunEnd.Lost, Ended(end));
        var written = rig.Store.Commits.Count;
        foreign.SetResult();
        Scheduler.RunAll();
        Assert.False(went);
        Assert.Single(rig.Log.Of(1105));
        Assert.Equal(written, rig.Store.Commits.Count);
        Assert.Equal(RunStatus.Running, await rig.StatusAsync());
    }

    [Fact]
    public void A_body_that_ends_after_the_drop_writes_nothing()
    {
        var body = new TaskCompletionSource<int>();
        var rig = Rig(w => w.StepAsync("a", _ => body.Task));
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        Scheduler.RunAll();
        incarnation.Drop("test");
        Assert.Equal(RunEnd.Lost, Ended(end));
        body.SetResult(1);
        Scheduler.RunAll();
        Assert.Empty(rig.Store.Commits);
        Assert.Single(rig.Log.Of(1203));
    }

    [Theory]
    [InlineData(19_999, true)]
    [InlineData(20_000, false)]
    public void A_body_does_not_start_once_two_thirds_of_the_lease_have_passed_unrenewed(int milliseconds, bool starts)
    {
        var started = false;
        RunRig<int> rig = null!;
        rig = Rig(w =>
        {
            var a = w.StepAsync("a", _ =>
            {
                started = true;
                return Task.FromResult(1);
            });
            // The process is held up between the call and the body, and nothing of it has noticed yet.
            rig.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return a;
        });
        var end = Ended(rig.DriveAsync(rig.Claim(isUnattended: true)));
        Assert.Equal((starts, starts ? RunEnd.Ended : RunEnd.Lost), (started, end));
    }

    [Fact]
    public void A_body_that_is_queued_when_the_run_is_dropped_does_not_start()
    {
        var started = false;
        Incarnation incarnation = null!;
        var rig = Rig(async w =>
        {
            var a = w.StepAsync("a", _ =>
            {
                started = true;
                return Task.FromResult(1);
            });
            Scheduler.Then(() => incarnation.Drop("test"));
            return await a;
        });
        incarnation = rig.Claim();
        Assert.Equal(RunEnd.Lost, Ended(rig.DriveAsync(incarnation)));
        Assert.False(started);
    }

    [Fact]
    public async Task An_abandoned_body_is_no_outcome_and_runs_again()
    {
        var executions = 0;
        var rig = Rig(w => w.StepAsync("a", async ct =>
        {
            if (++executions == 1)
                await CanceledAsync(ct);
            return executions;
        }));
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        Scheduler.RunAll();
        incarnation.Drain();
        incarnation.CancelBodies();
        Assert.Equal(RunEnd.Released, Ended(end));
        Assert.Single(rig.Log.Of(1202));
        Assert.Equal(RunEnd.Ended, Drive(rig));
        Assert.Equal(2, await rig.ResultAsync());
    }

    [Fact]
    public async Task A_drained_run_is_given_back_once_its_bodies_have_ended_and_keeps_their_outcome()
    {
        var body = new TaskCompletionSource<int>();
        var rig = Rig(async w => await w.StepAsync("a", _ => body.Task) + await w.StepAsync("b", One));
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        Scheduler.RunAll();
        incarnation.Drain();
        Scheduler.RunAll();
        Assert.False(end.IsCompleted);
        body.SetResult(5);
        Assert.Equal(RunEnd.Released, Ended(end));
        Assert.Equal(["/a"], (await HistoryAsync(rig)).Select(checkpoint => checkpoint.StepId));
        Drive(rig);
        Assert.Equal(6, await rig.ResultAsync());
    }

    [Fact]
    public async Task An_exception_in_an_async_void_method_fails_the_run()
    {
        var rig = Rig(async w =>
        {
            await w.StepAsync("a", One);
            Escape();
            return await w.StepAsync("b", One);

            static async void Escape()
            {
                await Task.Yield();
                throw new InvalidOperationException("escaped");
            }
        });
        Drive(rig);
        Assert.Equal(RunStatus.Failed, await rig.StatusAsync());
        Assert.Equal("escaped", (await rig.ErrorAsync()).Message);
    }

    [Fact]
    public async Task A_step_that_nobody_awaits_does_not_hold_up_the_end()
    {
        var body = new TaskCompletionSource<int>();
        var rig = Rig(async w =>
        {
            _ = w.StepAsync("forgotten", _ => body.Task);
            return await w.StepAsync("a", One);
        });
        Assert.Equal(RunEnd.Ended, Drive(rig));
        Assert.Equal(1, await rig.ResultAsync());
        body.SetResult(1);
        Scheduler.RunAll();
        Assert.Equal(["/a"], (await HistoryAsync(rig)).Select(checkpoint => checkpoint.StepId));
    }

    private async Task<IReadOnlyList<Checkpoint>> HistoryAsync(RunRig<int> rig)
    {
        var history = rig.HistoryAsync();
        Do(history);
        return await history;
    }
}
