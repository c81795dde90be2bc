using System.Runtime.CompilerServices;
using Durable.Testing;
using Durable.TestKit;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>What a suspended run leaves in memory: nothing.</summary>
public sealed class AbandonedCodeTests
{
    private readonly Simulation _simulation = new();
    private readonly List<WeakReference> _left = [];
    private int _unwound;

    [Fact]
    public void The_state_machine_of_a_suspended_run_its_scopes_and_its_registrations_are_collected()
    {
        var run = Sleep();

        Collect();

        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal(3, _left.Count);
        Assert.All(_left, static left => Assert.False(left.IsAlive));
        Assert.Equal(0, _unwound);
    }

    [Fact]
    public void What_was_left_behind_is_made_again_when_the_run_wakes()
    {
        var run = Sleep();
        _simulation.Advance(TimeSpan.FromHours(1));
        Assert.Equal("slept", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(6, _left.Count);
        Assert.Equal(2, _unwound);
    }

    // In a frame of its own: what a debug build keeps for the debugger is gone when this returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunHandle<string> Sleep()
    {
        var workflow = TestWorkflow.Define("Order", CodeAsync, awaitsOnlyDurableWork: true);
        var host = _simulation.Start(durable => durable.Add(null, [workflow]));
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Settle();
        return run;
    }

    private async Task<string> CodeAsync(WorkflowContext workflow)
    {
        var local = Leave(new object());
        var registered = Leave(new object());
        using var registration = workflow.CancellationToken.Register(() => GC.KeepAlive(registered));
        try
        {
            await workflow.ScopeAsync("inner", async inner =>
            {
                var scoped = Leave(new object());
                try
                {
                    await inner.SleepAsync(TimeSpan.FromHours(1));
                }
                finally
                {
                    _unwound++;
                    GC.KeepAlive(scoped);
                }
            });
        }
        finally
        {
            _unwound++;
            GC.KeepAlive(local);
        }

        return "slept";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object Leave(object left)
    {
        _left.Add(new WeakReference(left));
        return left;
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
