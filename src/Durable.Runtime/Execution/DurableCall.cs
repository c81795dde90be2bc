using System.Diagnostics;
using Durable.Execution.Branches;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A durable call of workflow code that has not been delivered yet.</summary>
/// <param name="driver">The pass that makes it.</param>
/// <param name="scope">Where the call is made.</param>
/// <param name="id">The full step id.</param>
/// <param name="fingerprint">The fingerprint of the arguments.</param>
/// <param name="isShielded">True when the call is made whether the run is canceled or not.</param>
internal abstract class DurableCall(RunDriver driver, RunScope scope, string id, long fingerprint, bool isShielded) : IThreadPoolWorkItem
{
    [ThreadStatic]
    private static bool t_executesHere;

    public RunDriver Driver { get; } = driver;

    /// <summary>The full step id.</summary>
    public string Id { get; } = id;

    public long Fingerprint { get; } = fingerprint;

    /// <summary>What its outcome is recorded as.</summary>
    public virtual CheckpointKind Kind => CheckpointKind.Step;

    /// <summary>True when the call is made whether the run is canceled or not.</summary>
    public bool IsShielded { get; } = isShielded;

    /// <summary>Where the call was made.</summary>
    public RunScope Scope { get; } = scope;

    /// <summary>What is recorded of the call besides its outcome; null for nothing.</summary>
    public StepProgress? Progress { get; set; }

    /// <summary>True when the beginning of each attempt is stored before it.</summary>
    public abstract bool RunsAtMostOnce { get; }

    /// <summary>True when its body waits for workflow code.</summary>
    public abstract bool IsByHand { get; }

    /// <summary>True when a failure is kept for good.</summary>
    public abstract bool KeepsFailure { get; }

    /// <summary>The attempt that is under way, or comes next, counted from 1.</summary>
    public int Attempt => (Progress?.Failed ?? 0) + 1;

    /// <summary>True when an attempt that runs at most once was begun and has no recorded end.</summary>
    public bool IsBegun => RunsAtMostOnce && Progress is { Started: not null };

    /// <summary>What a call in a branch of a map has besides; null outside of branches.</summary>
    public CallInBranch? Branch { get; set; }

    /// <summary>True when its branch was abandoned: nothing of it is begun, stored or delivered any more.</summary>
    public bool IsAbandoned => Branch is { IsAbandoned: true };

    /// <summary>True when code elsewhere may wait for its outcome, too: it belongs to no branch, whichever code makes it.</summary>
    public virtual bool IsShared => false;

    /// <summary>Rises with each call that the run's code makes in this pass.</summary>
    public long Serial { get; set; }

    /// <summary>True once the outcome was handed to the code.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>What happens once the call is known to have no outcome yet. Called by the pump.</summary>
    public virtual void Begin() => Driver.BeginStep(this);

    /// <summary>True for an outcome that is a failure, to be cleared by the next attempt of the run unless the code moves past it.</summary>
    public virtual bool IsFailure(CheckpointRecord record) => record.Status is CheckpointStatus.Failed or CheckpointStatus.TimedOut && !KeepsFailure;

    /// <summary>What the next attempt of the run clears with a failure of this call.</summary>
    public virtual IEnumerable<long> FailingSequences(CheckpointRecord record) => [.. Progress?.Sequences ?? [], record.Sequence];

    /// <summary>Hands the outcome to the code that waits for it.</summary>
    /// <exception cref="PayloadException">The stored result cannot be read.</exception>
    public abstract void Deliver(CheckpointRecord record);

    /// <summary>Tells the code that waits for it that the run is canceled: there is no outcome.</summary>
    /// <param name="exception">What the code gets.</param>
    public abstract void Cancel(RunCanceledException exception);

    /// <summary>Starts the body; called once an attempt, on the engine's scheduler, for a call without outcome.</summary>
    public abstract void Execute();

    /// <summary>What becomes of an attempt that runs at most once, was begun and has no recorded end.</summary>
    /// <param name="started">The record of its beginning.</param>
    public abstract StepOutcome Interrupted(CheckpointRecord started);

    /// <summary>Starts the body on a thread that has just pumped. What follows from it on this thread starts its bodies elsewhere, so that the stack stays flat.</summary>
    [DebuggerStepThrough]
    public void ExecuteHere()
    {
        t_executesHere = true;
        try
        {
            Execute();
        }
        finally
        {
            t_executesHere = false;
        }
    }

    /// <summary>True while a body is started by <see cref="ExecuteHere"/> on this thread.</summary>
    public static bool ExecutesHere => t_executesHere;
}
