using Durable.Serialization;

namespace Durable.Storage;

/// <summary>What is wrong with messages, requests and effects whatever the store holds, and what the stores themselves say in them. Every store checks and says the same.</summary>
public static class MessageRules
{
    /// <summary>Why a run is canceled, or was terminated, whose parent has ended, encoded.</summary>
    /// <param name="parentId">The parent.</param>
    public static ReadOnlyMemory<byte> ParentEnded(string parentId) => StoredError.Cancellation($"Its parent, run '{parentId}', has ended.");

    /// <summary>True when a request can no longer be answered, and shows no life any more.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The store's clock.</param>
    public static bool IsOverdue(RequestRecord request, DateTimeOffset now) => request.DueAt <= now || request.HeartbeatDueAt <= now;

    /// <summary>A request as it is stored when it is asked.</summary>
    /// <param name="runId">The run that asks.</param>
    /// <param name="request">What it asks.</param>
    /// <param name="now">The store's clock.</param>
    public static RequestRecord Open(string runId, NewRequest request, DateTimeOffset now) => new()
    {
        RequestId = request.RequestId,
        RunId = runId,
        Name = request.Name,
        State = RequestState.Open,
        Payload = request.Payload,
        CreatedAt = now,
        DueAt = request.Timeout is { } timeout ? CommitRules.DueAt(now, timeout) : null,
        HeartbeatTimeout = request.HeartbeatTimeout,
        HeartbeatDueAt = request.HeartbeatTimeout is { } heartbeat ? CommitRules.DueAt(now, heartbeat) : null,
    };

    /// <summary>What becomes of an answer or a sign of life.</summary>
    /// <param name="request">The request as stored; null for none.</param>
    /// <param name="now">The store's clock.</param>
    public static RequestVerdict Judge(RequestRecord? request, DateTimeOffset now) => request switch
    {
        null => RequestVerdict.NotFound,
        { State: RequestState.Answered } => RequestVerdict.Answered,
        _ when IsOverdue(request, now) => RequestVerdict.TimedOut,
        { State: RequestState.Closed } => RequestVerdict.Closed,
        _ => RequestVerdict.Accepted,
    };

    /// <summary>Checks the texts.</summary>
    /// <param name="signal">The signal.</param>
    /// <exception cref="ArgumentException">The signal is a mistake in the caller's code.</exception>
    public static void Check(NewSignal signal)
    {
        StoredText.Check(signal.Name, "signal's name");
        if (signal.MessageId is { } id)
            StoredText.Check(id, "message id");
    }

    /// <summary>Checks the number asked for.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="ArgumentException">The query is a mistake in the caller's code.</exception>
    public static void Check(RequestQuery query)
    {
        if (query.Max is < 1 or > DurableLimits.MaxPageSize + 1)
            throw new ArgumentException($"A listing of {query.Max} requests was asked for; ask for 1 to {DurableLimits.MaxPageSize + 1} (DurableLimits.MaxPageSize and one more).", nameof(query));
    }

    /// <summary>Checks texts, times, children, and that what would be done twice by a repeat goes with something that refuses the repeat.</summary>
    /// <param name="commit">The run that commits them.</param>
    /// <param name="effects">The effects.</param>
    /// <exception cref="ArgumentException">The effects are a mistake in the caller's code.</exception>
    internal static void Check(RunCommit commit, RunEffects effects)
    {
        var runId = commit.RunId;
        if (effects is not { Published.Count: 0, Appended.Count: 0 } && commit is { Checkpoints.Count: 0, Transition: null })
            throw new ArgumentException($"Run '{runId}': a commit that publishes or appends needs a checkpoint or a transition; repeated, it would do so twice. Nothing was written.", nameof(commit));
        foreach (var request in effects.Requests)
            Check(runId, request);
        foreach (var child in effects.Children)
            CommitRules.Check(child.Run);
        foreach (var published in effects.Published)
            StoredText.Check(published.Name, "published key");
        foreach (var appended in effects.Appended)
            StoredText.Check(appended.Name, "stream's name");
        if (effects.Progress?.Text is { } text)
            StoredText.Check(text, "status text");
        if (effects.Progress?.Fraction is { } fraction and not (>= 0 and <= 1))
            throw new ArgumentException($"Run '{runId}': {fraction} is no part of the whole; give 0 to 1. Nothing was written.", nameof(effects));
    }

    private static void Check(string runId, NewRequest request)
    {
        StoredText.Check(request.RequestId, "request id");
        StoredText.Check(request.Name, "request's name");
        if (request.Timeout < TimeSpan.Zero || request.HeartbeatTimeout <= TimeSpan.Zero)
            throw new ArgumentException($"Run '{runId}': request '{request.RequestId}' has a timeout of {request.Timeout} and one between signs of life of {request.HeartbeatTimeout}. Nothing was written.", nameof(request));
    }
}
