namespace Durable.Testing.History;

/// <summary>What a line of a history tells.</summary>
public enum HistoryEvent
{
    /// <summary>A start of the run is about to be asked for.</summary>
    RunOffered,

    /// <summary>The start has returned: the run is durable from here on.</summary>
    RunAccepted,

    /// <summary>A resume is about to be asked for.</summary>
    ResumeOffered,

    /// <summary>The resume has returned.</summary>
    ResumeAnswered,

    /// <summary>A decision of an operator about a step is about to be asked for: what it writes and clears.</summary>
    DecisionOffered,

    /// <summary>The store has answered that the decision is stored, and the run goes on.</summary>
    Decided,

    /// <summary>The store has answered that the decision is refused: the run stands otherwise than its operator saw it.</summary>
    DecisionRefused,

    /// <summary>A cancellation is about to be asked for. A suspended run may be claimed from here on.</summary>
    CancelOffered,

    /// <summary>The store has answered where it found the run that is to be canceled.</summary>
    CancelAnswered,

    /// <summary>Runs were claimed: their leases, with their epochs.</summary>
    Claimed,

    /// <summary>Leases were renewed; those that turned out to be lost are named.</summary>
    Renewed,

    /// <summary>A step's body is about to start.</summary>
    BodyStarted,

    /// <summary>A step's body has returned or thrown.</summary>
    BodyEnded,

    /// <summary>What a body is about to return, in its own words.</summary>
    ResultReturned,

    /// <summary>Somebody saw the result of a step, in the words of its body: a later body that was given it, or a client.</summary>
    ResultSeen,

    /// <summary>A commit is about to be asked for.</summary>
    CommitOffered,

    /// <summary>The store has answered that the commit is stored.</summary>
    Committed,

    /// <summary>The store has answered that the commit is refused: another epoch holds the run.</summary>
    Fenced,

    /// <summary>The store has answered that the commit is refused: the run is to be canceled, which its holder did not know. It holds the run as before.</summary>
    CommitRefused,

    /// <summary>The commit has failed: whether it took, or will take, effect is unknown.</summary>
    CommitUnknown,

    /// <summary>The store has told where a run stands.</summary>
    RunRead,

    /// <summary>The store has returned a run's checkpoints.</summary>
    CheckpointsRead,

    /// <summary>A client has seen how a run ended, in its own words.</summary>
    OutcomeSeen,

    /// <summary>The driver of the test has ended a process, or knows that it died.</summary>
    ProcessKilled,

    /// <summary>The driver of the test says: faults are over, and everything may come to its end from here on.</summary>
    Healed,

    /// <summary>Every run of the store has been read once more, after healing.</summary>
    Audited,
}
