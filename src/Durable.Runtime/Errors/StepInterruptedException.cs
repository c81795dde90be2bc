namespace Durable;

/// <summary>
/// A step that runs at most once had begun when its process died or its run was lost, and whether it took effect is unknown. The same type and data on the first run and on every replay.
/// It is no <see cref="StepFailedException"/>: what failed did not happen, this may have. Ask the outside service by <see cref="IdempotencyToken"/>, or let a person decide.
/// </summary>
public sealed class StepInterruptedException : DurableException
{
    internal StepInterruptedException(string runId, string stepId, DateTimeOffset startedAt, int attempts)
        : base($"Step '{stepId}' was interrupted: it had begun at {startedAt:O} (attempt {attempts}) and its outcome was not stored. Whether it took effect is unknown.")
    {
        StepId = stepId;
        StartedAt = startedAt;
        Attempts = attempts;
        IdempotencyToken = Execution.NameBasedGuid.Create(runId, stepId);
    }

    /// <summary>The step's id within the run.</summary>
    public string StepId { get; }

    /// <summary>What the body could give the outside service as its idempotency key: <see cref="StepContext.IdempotencyToken"/>.</summary>
    public Guid IdempotencyToken { get; }

    /// <summary>When the interrupted attempt began, by the worker's clock.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; }
}
