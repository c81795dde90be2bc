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

    /// <summary>Checks texts, times and children.</summary>
    /// <param name="runId">The run that commits them.</param>
    /// <param name="effects">The effects.</param>
    /// <exception cref="ArgumentException">The effects are a mistake in the caller's code.</exception>
    internal static void Check(string runId, RunEffects effects)
    {
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
    }

    private static void Check(string runId, NewRequest request)
    {
        StoredText.Check(request.RequestId, "request id");
        StoredText.Check(request.Name, "request's name");
        if (request.Timeout < TimeSpan.Zero || request.HeartbeatTimeout <= TimeSpan.Zero)
            throw new ArgumentException($"Run '{runId}': request '{request.RequestId}' has a timeout of {request.Timeout} and one between signs of life of {request.HeartbeatTimeout}. Nothing was written.", nameof(request));
    }
}
