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

    /// <summary>A note of the engine: what stands before it was copied from another run, which its result names (<see cref="RunHandle.ForkAsync"/>, <see cref="RunHandle.RestoreAsync"/>). Its step id is <c>/</c>.</summary>
    RunForked = 7,
}
