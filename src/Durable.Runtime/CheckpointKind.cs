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

    /// <summary>A note of the engine: what <see cref="WorkflowContext.Patched(string)"/> answered, its result being <c>true</c> or <c>false</c>. Its step id is <c>/[id]</c>: no name, and the patch's id as the key.</summary>
    Patch = 16,
}
