namespace Durable.Testing.Crashes;

/// <summary>What a host was about to do, or had just done, when it died.</summary>
public enum CrashMoment
{
    /// <summary>Before a run is created.</summary>
    BeforeCreate,

    /// <summary>After a run is created, before the client hears of it.</summary>
    AfterCreate,

    /// <summary>After a claim that brought runs, before the worker hears of it.</summary>
    AfterClaim,

    /// <summary>After the checkpoints of a run were read, before its code is replayed over them.</summary>
    AfterLoad,

    /// <summary>Before a commit: of outcomes of steps, or of the end of a run.</summary>
    BeforeCommit,

    /// <summary>After a commit, before the engine hears of it.</summary>
    AfterCommit,

    /// <summary>Before the first line of a step's body.</summary>
    BeforeBody,

    /// <summary>Inside a step's body, as late as can be: it has done what it does, and nobody has looked at its outcome.</summary>
    InsideBody,

    /// <summary>Before a run that failed or was quarantined is resumed.</summary>
    BeforeResume,

    /// <summary>After a run is resumed, before the client hears of it.</summary>
    AfterResume,
}
