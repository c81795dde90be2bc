namespace Durable.Testing.History;

/// <summary>What a history has to keep to. Only what is certain counts as broken: two things that may have happened at the same time are in either order.</summary>
public enum HistoryRule
{
    /// <summary>Every accepted run ends in exactly one outcome for each time it was let go on; no run ends that nobody started.</summary>
    OneOutcome,

    /// <summary>Everybody who sees how an attempt of a run ended sees the same, and it is what was written.</summary>
    ImmutableOutcome,

    /// <summary>The result of a checkpoint never changes, and is what was written; everybody who was given the result of a step was given the same, and one that its body returned.</summary>
    ImmutableResult,

    /// <summary>A step is called with the same arguments in every execution of it: workflow code sees on replay what it saw before. Does not hold between builds whose code differs.</summary>
    StableArguments,

    /// <summary>All executions of a step get one idempotency token, and no other step gets it.</summary>
    StableToken,

    /// <summary>Epochs of a run never go back: each claim has a new one, and only the latest claim's holder, until it lets go, writes and renews.</summary>
    CurrentEpoch,

    /// <summary>No body of a step starts after the step's outcome was stored. A holder that has lost the run without knowing it may still start one, since nobody can tell it; so may anybody after a resume that cleared a failure.</summary>
    NoBodyAfterCommit,

    /// <summary>The accepted checkpoints of a run are numbered from 1, without a gap and without a number twice.</summary>
    GaplessSequence,

    /// <summary>A run whose cancellation was accepted does not complete, unless a resume or a decision may have withdrawn it.</summary>
    NeverCompletedOnceCanceled,

    /// <summary>What the store has acknowledged is in everything that it returns later.</summary>
    NothingLost,

    /// <summary>After healing, no run is without an outcome, and no body is without an end unless its process died.</summary>
    NothingLeftBehind,

    /// <summary>The attempts of a step are numbered from 1, without a gap and each recorded once, the outcome among them. A body begins with the attempt that comes next by what is recorded, and once in an incarnation. After a failure was cleared they are numbered anew.</summary>
    AttemptsInOrder,

    /// <summary>The body of a step that runs at most once begins only after its incarnation has written that it will, and once an attempt.</summary>
    AtMostOnce,

    /// <summary>An attempt is recorded as interrupted once, and only where an earlier incarnation had begun it and died, lost the run or stopped within its body.</summary>
    HonestInterruption,

    /// <summary>What is recorded of an attempt was executed by the incarnation that recorded it. A body that threw after it was told to stop, because the worker shut down, uses up no attempt, unless the step runs at most once.</summary>
    NoAttemptBurned,

    /// <summary>A suspended run is not claimed before its wait is over, by the store's clock, unless that was set back or somebody asked for a cancellation or decided about a step.</summary>
    NotBeforeItIsDue,
}
