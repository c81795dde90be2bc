namespace Durable;

/// <summary>Where a run stands. Stored as a number: members are never renumbered.</summary>
public enum RunStatus
{
    /// <summary>Accepted, waiting for a worker that knows the workflow.</summary>
    Pending = 0,

    /// <summary>A worker holds it.</summary>
    Running = 1,

    /// <summary>Out of memory with nothing lost: it waits for a time or an event.</summary>
    Suspended = 2,

    /// <summary>Ended with a result.</summary>
    Completed = 3,

    /// <summary>Ended with an error; an operator may resume it.</summary>
    Failed = 4,

    /// <summary>Ended by cancellation.</summary>
    Canceled = 5,

    /// <summary>Set aside, visible, resumable by an operator: the engine will not guess.</summary>
    Quarantined = 6,
}
