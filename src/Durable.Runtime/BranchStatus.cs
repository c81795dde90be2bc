namespace Durable;

/// <summary>What became of one branch of a map.</summary>
public enum BranchStatus
{
    /// <summary>It never began: the map had ended before its turn.</summary>
    NotStarted = 0,

    /// <summary>It returned.</summary>
    Succeeded = 1,

    /// <summary>It threw.</summary>
    Failed = 2,

    /// <summary>
    /// It was under way when the map ended. Its code gets no outcome any more and makes no durable call, the tokens of its bodies are canceled, and what still comes of them is not stored; a <c>Shield</c> that it has begun runs to its end first.
    /// Whether a body took effect is unknown, as it is after a crash: its idempotency token tells.
    /// </summary>
    Abandoned = 3,
}
