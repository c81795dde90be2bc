namespace Durable.Storage;

/// <summary>What is wrong with an operator's request whatever the store holds. Every store checks it first, so that all refuse the same mistakes with the same words.</summary>
public static class OperationRules
{
    /// <summary>Checks the number asked for and the statuses.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="ArgumentException">The query is a mistake in the caller's code.</exception>
    public static void Check(RunQuery query)
    {
        if (query.Max is < 1 or > DurableLimits.MaxPageSize + 1)
            throw new ArgumentException($"A listing of {query.Max} runs was asked for; ask for 1 to {DurableLimits.MaxPageSize + 1} (DurableLimits.MaxPageSize and one more).", nameof(query));
        foreach (var status in query.Statuses)
            CheckKnown(status, nameof(query));
    }

    /// <summary>Checks the number asked for, the age, and that only runs that ended are meant.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentException">The request is a mistake in the caller's code.</exception>
    public static void Check(PurgeRequest request)
    {
        if (request.Max is < 1 or > DurableLimits.MaxPurgeBatch)
            throw new ArgumentException($"A purge of {request.Max} runs was asked for; ask for 1 to {DurableLimits.MaxPurgeBatch} at a time (DurableLimits.MaxPurgeBatch).", nameof(request));
        if (request.Age < TimeSpan.Zero)
            throw new ArgumentException($"The age {request.Age} is negative. Give the time that has passed since the runs ended.", nameof(request));
        if (request.Statuses.Count == 0)
            throw new ArgumentException("No status was given, so nothing could be purged. Name at least one: Completed, Failed, Canceled, Quarantined.", nameof(request));
        foreach (var status in request.Statuses)
        {
            CheckKnown(status, nameof(request));
            if (status is RunStatus.Pending or RunStatus.Running or RunStatus.Suspended)
                throw new ArgumentException($"Runs that are {status} have not ended and cannot be purged. Terminate them first, or name Completed, Failed, Canceled or Quarantined.", nameof(request));
        }
    }

    /// <summary>Checks that the outcome decided on is one: its texts, and that it waits for nothing.</summary>
    /// <param name="decision">The decision.</param>
    /// <exception cref="ArgumentException">The decision is a mistake in the caller's code.</exception>
    public static void Check(StepDecision decision)
    {
        if (decision.Outcome is not { } outcome)
            return;
        CommitRules.Check(decision.RunId, outcome);
        if (outcome.Sequence < 1 || outcome.Wait is not null)
            throw new ArgumentException($"Run '{decision.RunId}': an outcome of sequence {outcome.Sequence} that waits {outcome.Wait?.ToString() ?? "for nothing"} cannot be decided on. Nothing was written.", nameof(decision));
    }

    /// <summary>Checks that there is a reason.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentException">The request is a mistake in the caller's code.</exception>
    public static void Check(CancelRequest request)
    {
        if (request.Error.IsEmpty)
            throw new ArgumentException($"Run '{request.RunId}': a cancellation without a reason could not be told from none. Nothing was written.", nameof(request));
    }

    private static void CheckKnown(RunStatus status, string parameter)
    {
        if (!Enum.IsDefined(status))
            throw new ArgumentException($"{(int)status} is no status of a run. Use the members of RunStatus.", parameter);
    }
}
