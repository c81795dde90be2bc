namespace Durable;

/// <summary>What a checkpoint says. Stored as a number: members are never renumbered.</summary>
public enum CheckpointStatus
{
    /// <summary>The step's body returned; the result is stored.</summary>
    Completed = 0,

    /// <summary>The step failed for good; the error is stored.</summary>
    Failed = 1,

    /// <summary>Kept for the reader of the history, no longer part of replay: a resume cleared it.</summary>
    Cleared = 2,

    /// <summary>The process died, or the run was lost, after the step's body had begun and before its outcome was stored: whether it took effect is unknown. Only of steps that run at most once.</summary>
    Interrupted = 3,

    /// <summary>The step's body took longer than <see cref="RetryPolicy.AttemptTimeout"/>; the error says so.</summary>
    TimedOut = 4,

    /// <summary>The step's body ended by its token because the run is being canceled; or, of a run's own checkpoint, the run was canceled.</summary>
    Canceled = 5,
}
