using Durable.Execution;
using Durable.Storage;

namespace Durable.Runtime.Tests.Ordering;

/// <summary>With a debugger attached a body starts under its call, where a stepper comes to it, and nothing else is different.</summary>
public sealed class DebuggedRunTests
{
    [Fact]
    public async Task A_body_starts_under_its_call_and_its_outcome_comes_when_the_code_is_idle()
    {
        var isCalling = false;
        var seen = new List<(bool IsUnderTheCall, bool IsOnContext)>();
        var rig = new RunRig<int>(TestWorkflow.Define("W", async w =>
        {
            var sum = 0;
            for (var i = 0; i < 3; i++)
            {
                var key = i;
                isCalling = true;
                var call = w.StepAsync("body", _ =>
                {
                    seen.Add((isCalling, SynchronizationContext.Current is not null));
                    return Task.FromResult(key);
                });
                isCalling = false;
                Assert.False(call.IsCompleted);
                Assert.IsType<RunSynchronizationContext>(SynchronizationContext.Current);
                sum += await call;
            }

            return sum;
        }, isSequential: true, awaitsOnlyDurableWork: true), isUndisturbed: true) { IsDebugged = true };

        Assert.Equal(RunEnd.Ended, await rig.DriveAsync().WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(3, await rig.ResultAsync());
        Assert.Equal(Enumerable.Repeat((true, false), 3), seen);
        Assert.Equal(["/body", "/body#1", "/body#2"], (await rig.HistoryAsync()).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public async Task A_body_that_goes_on_elsewhere_leaves_the_code_its_thread()
    {
        var provider = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var rig = new RunRig<int>(TestWorkflow.Define("W", async w => await w.StepAsync("body", async _ => await provider.Task), isSequential: true, awaitsOnlyDurableWork: true)) { IsDebugged = true };
        var driving = rig.DriveAsync();

        provider.SetResult(7);

        Assert.Equal(RunEnd.Ended, await driving.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(7, await rig.ResultAsync());
    }

    [Fact]
    public async Task A_body_that_throws_under_its_call_fails_its_step_like_any_other()
    {
        var rig = new RunRig<string>(TestWorkflow.Define("W", async w =>
        {
            try
            {
                return await w.StepAsync<string>("body", _ => throw new InvalidOperationException("no"));
            }
            catch (StepFailedException failure)
            {
                return failure.StepId;
            }
        }, isSequential: true, awaitsOnlyDurableWork: true)) { IsDebugged = true };

        await rig.DriveAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("/body", await rig.ResultAsync());
    }

    [Fact]
    public async Task Calls_side_by_side_start_when_the_code_is_idle()
    {
        var isCalling = false;
        var seen = new List<bool>();
        var rig = new RunRig<int>(TestWorkflow.Define("W", async w =>
        {
            isCalling = true;
            var calls = Enumerable.Range(0, 2).Select(i => w.StepAsync("body", _ =>
            {
                lock (seen)
                    seen.Add(isCalling);
                return Task.FromResult(i);
            })).ToList();
            isCalling = false;
            return (await Task.WhenAll(calls)).Sum();
        }, awaitsOnlyDurableWork: true), isUndisturbed: true) { IsDebugged = true };

        await rig.DriveAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([false, false], seen);
    }

    [Fact]
    public async Task A_call_that_diverges_starts_no_body()
    {
        var isRenamed = false;
        var bodies = 0;
        var rig = new RunRig<int>(TestWorkflow.Define("W", w => w.StepAsync(isRenamed ? "other" : "first", _ => Task.FromResult(++bodies)), isSequential: true), isUndisturbed: true) { IsDebugged = true };
        var held = rig.Claim();
        rig.Store.Before = (_, request) =>
        {
            if (request is not RunCommit { Transition: not null })
                return Task.CompletedTask;
            held.Drop("test");
            return Task.FromCanceled(held.Held);
        };
        Assert.Equal(RunEnd.Lost, await rig.DriveAsync(held).WaitAsync(TimeSpan.FromSeconds(30)));
        rig.Store.Before = null;
        isRenamed = true;

        await rig.DriveAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(RunStatus.Quarantined, await rig.StatusAsync());
        Assert.Equal(1, bodies);
    }
}
