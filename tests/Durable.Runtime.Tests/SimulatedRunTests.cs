using Durable.Execution;
using Durable.Storage;
using Durable.Testing;

namespace Durable.Runtime.Tests;

/// <summary>The base of tests that drive one run, incarnation by incarnation, on the test's own thread.</summary>
public abstract class SimulatedRunTests
{
    private protected SimulationScheduler Scheduler { get; } = new(new Random(1));

    private protected RunRig<TResult> Rig<TResult>(Func<WorkflowContext, Task<TResult>> code, bool awaitsOnlyDurableWork = false, bool isUndisturbed = false)
        => new(TestWorkflow.Define("W", code, awaitsOnlyDurableWork: awaitsOnlyDurableWork), Scheduler, isUndisturbed);

    /// <summary>Claims the run and drives it until its incarnation is over.</summary>
    private protected RunEnd Drive<TResult>(RunRig<TResult> rig) => Ended(rig.DriveAsync());

    /// <summary>Drives the run as a worker that dies right before it commits this sequence.</summary>
    private protected void DropAtCommit<TResult>(RunRig<TResult> rig, long sequence)
    {
        var incarnation = rig.Claim();
        rig.Store.Before = (_, request) =>
        {
            if (request is not RunCommit commit || commit.Checkpoints.All(checkpoint => checkpoint.Sequence < sequence))
                return Task.CompletedTask;
            incarnation.Drop("test");
            return Task.FromCanceled(incarnation.Held);
        };
        Assert.Equal(RunEnd.Lost, Ended(rig.DriveAsync(incarnation)));
        rig.Store.Before = null;
    }

    /// <summary>Drives the run until its outcome is about to be written, and drops it there: the next incarnation replays all of it.</summary>
    private protected void DropAtEnd<TResult>(RunRig<TResult> rig)
    {
        var incarnation = rig.Claim();
        rig.Store.Before = (_, request) =>
        {
            if (request is not RunCommit { Transition: not null })
                return Task.CompletedTask;
            incarnation.Drop("test");
            return Task.FromCanceled(incarnation.Held);
        };
        Assert.Equal(RunEnd.Lost, Ended(rig.DriveAsync(incarnation)));
        rig.Store.Before = null;
    }

    /// <summary>Runs what is due; the incarnation is over then.</summary>
    private protected RunEnd Ended(Task<RunEnd> end)
    {
        Scheduler.RunAll();
        Assert.True(end.IsCompleted, "The incarnation goes on, but nothing is due.");
        return end.GetAwaiter().GetResult();
    }

    /// <summary>Does what a client would do, and runs what is due.</summary>
    private protected void Do(Task work)
    {
        Scheduler.RunAll();
        Assert.True(work.IsCompleted, "The work goes on, but nothing is due.");
        work.GetAwaiter().GetResult();
    }

    private protected static Task<int> One(CancellationToken cancellationToken) => Task.FromResult(1);

    private protected static Task<int> Throws(CancellationToken cancellationToken) => throw new InvalidOperationException("on purpose");
}
