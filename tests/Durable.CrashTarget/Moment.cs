namespace Durable.CrashTarget;

/// <summary>Where a process can be told to die.</summary>
public enum Moment
{
    /// <summary>Before a run is created.</summary>
    BeforeCreate,

    /// <summary>After a run is created.</summary>
    AfterCreate,

    /// <summary>Before runs are claimed, once there are any.</summary>
    BeforeClaim,

    /// <summary>After at least one run is claimed.</summary>
    AfterClaim,

    /// <summary>Before a commit.</summary>
    BeforeCommit,

    /// <summary>After a commit, before the engine hears of it.</summary>
    AfterCommit,

    /// <summary>Inside a step's body, after it left its trace.</summary>
    InBody,
}
