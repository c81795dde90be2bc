namespace Durable;

/// <summary>How often a step's body may run when its process dies.</summary>
public enum StepMode
{
    /// <summary>At least once: a body whose outcome was not stored runs again. Nothing is written before it. For work that can be repeated, or that the idempotency token makes repeatable.</summary>
    AtLeastOnce = 0,

    /// <summary>
    /// At most once: that it begins is stored before the body runs. Where that is found without an outcome, the step is interrupted for good:
    /// <see cref="StepInterruptedException"/> is thrown, then and on every replay.
    /// </summary>
    AtMostOnce = 1,

    /// <summary>As <see cref="AtMostOnce"/> for each attempt: an interruption counts as a failed attempt, and <see cref="RetryAttribute"/> says whether another follows.</summary>
    AtMostOncePerAttempt = 2,
}
