namespace Durable;

/// <summary>What a checkpoint records. Stored as a number: members are never renumbered.</summary>
public enum CheckpointKind
{
    /// <summary>The outcome of a step or inline step.</summary>
    Step = 0,

    /// <summary>A note of the engine: the step was called with other arguments than recorded, by another build, and its stored outcome was used.</summary>
    ArgumentsChanged = 1,

    /// <summary>A note of the engine: an attempt of a step that runs at most once is about to begin.</summary>
    StepStarted = 2,

    /// <summary>A note of the engine: an attempt of a step failed, and another follows after the wait that is stored with it.</summary>
    StepAttempt = 3,

    /// <summary>A note of the engine: the workflow's code failed, and its policy grants another attempt of the run after the wait that is stored with it. Its step id is <c>/</c>.</summary>
    RunAttempt = 4,

    /// <summary>The run's code was told that the run is to be canceled; the error says why. Its step id is <c>/</c>.</summary>
    RunCanceled = 5,

    /// <summary>The run's code failed or was canceled, as the status and the error say, and what it did is being undone by what it gave to <see cref="WorkflowContext.Compensate"/>. Its step id is <c>/</c>.</summary>
    CompensationStarted = 6,

    /// <summary>A note of the engine: what stands before it was copied from another run, which its result names (<see cref="RunHandle.ForkAsync"/>, <see cref="RunHandle.RestoreAsync"/>). Its step id is <c>/</c>.</summary>
    RunForked = 7,

    /// <summary>A durable sleep has ended (<see cref="WorkflowContext.SleepAsync"/>).</summary>
    Sleep = 8,

    /// <summary>A note of the engine: a sleep, or a wait that is limited, began; it is due at the time that is stored with it. Or a request was asked, whose id is its result.</summary>
    WaitStarted = 9,

    /// <summary>A signal came, or the time to wait for it passed (<see cref="CheckpointStatus.TimedOut"/>).</summary>
    Signal = 10,

    /// <summary>A request was answered or rejected, or its time passed (<see cref="CheckpointStatus.TimedOut"/>).</summary>
    Request = 11,

    /// <summary>A child run has ended.</summary>
    Child = 12,

    /// <summary>A value was published.</summary>
    Published = 13,

    /// <summary>An item was appended to a stream.</summary>
    Appended = 14,

    /// <summary>An iteration of a loop has ended; what it recorded is removed. The result is where the next one begins.</summary>
    Loop = 15,

    /// <summary>A note of the engine: what <see cref="WorkflowContext.Patched(string)"/> answered, its result being <c>true</c> or <c>false</c>. Its step id is <c>/[id]</c>: no name, and the patch's id as the key.</summary>
    Patch = 16,

    /// <summary>A child run was started; its id is the result.</summary>
    ChildStarted = 17,
}
