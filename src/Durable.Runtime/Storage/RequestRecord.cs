namespace Durable.Storage;

/// <summary>A question that a run asks the outside world.</summary>
public sealed record NewRequest
{
    /// <summary>The request's id, different from that of every other request in the store.</summary>
    public required string RequestId { get; init; }

    /// <summary>The request's name.</summary>
    public required string Name { get; init; }

    /// <summary>The question.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How long it may be answered, from the commit on, by the store's clock; null for no limit, not negative.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may go without a sign of life, from the commit or the last one on, by the store's clock; null for no limit, above zero.</summary>
    public TimeSpan? HeartbeatTimeout { get; init; }
}

/// <summary>A request as stored.</summary>
public sealed record RequestRecord
{
    /// <summary>The request's id.</summary>
    public required string RequestId { get; init; }

    /// <summary>The run that asks.</summary>
    public required string RunId { get; init; }

    /// <summary>The request's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required RequestState State { get; init; }

    /// <summary>The question.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>When it was asked, by the store's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it may be answered, this instant excluded, by the store's clock; null for no limit.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How long it may go without a sign of life; null for no limit.</summary>
    public TimeSpan? HeartbeatTimeout { get; init; }

    /// <summary>When the next sign of life must have come, by the store's clock; null without <see cref="HeartbeatTimeout"/>.</summary>
    public DateTimeOffset? HeartbeatDueAt { get; init; }

    /// <summary>Where a listing goes on after this request.</summary>
    public RequestPosition Position => new(CreatedAt, RequestId);
}

/// <summary>Where a request stands. Stored as a number: members are never renumbered.</summary>
public enum RequestState
{
    /// <summary>It waits for an answer.</summary>
    Open = 0,

    /// <summary>It was answered, or rejected.</summary>
    Answered = 1,

    /// <summary>Its run no longer asks: time has passed, or the run was canceled or has ended.</summary>
    Closed = 2,
}

/// <summary>Where a request stands in a listing: by its time, and by its id (in the order of its UTF-8 bytes) among those of one instant.</summary>
/// <param name="CreatedAt">When it was asked.</param>
/// <param name="RequestId">Its id.</param>
public readonly record struct RequestPosition(DateTimeOffset CreatedAt, string RequestId) : IComparable<RequestPosition>
{
    /// <inheritdoc/>
    public int CompareTo(RequestPosition other)
    {
        var byTime = CreatedAt.CompareTo(other.CreatedAt);
        return byTime != 0 ? byTime : StoredText.Compare(RequestId, other.RequestId);
    }
}

/// <summary>Which open requests are listed.</summary>
public sealed record RequestQuery
{
    /// <summary>Only those of this run; null for all.</summary>
    public string? RunId { get; init; }

    /// <summary>Only those of this name; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Only those behind this one; null from the first on.</summary>
    public RequestPosition? After { get; init; }

    /// <summary>How many at most: 1 to <see cref="DurableLimits.MaxPageSize"/> and one more.</summary>
    public required int Max { get; init; }
}

/// <summary>Somebody answers a request.</summary>
public sealed record RequestAnswer
{
    /// <summary>The run that asks.</summary>
    public required string RunId { get; init; }

    /// <summary>The request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The answer; empty where it is rejected.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The encoded error that says why it is rejected; empty for an answer.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }
}

/// <summary>What became of an answer, or of a sign of life.</summary>
public enum RequestVerdict
{
    /// <summary>It is stored.</summary>
    Accepted = 0,

    /// <summary>There is no such request. Nothing is written.</summary>
    NotFound = 1,

    /// <summary>It was answered before. Nothing is written.</summary>
    Answered = 2,

    /// <summary>Its time has passed, by the store's clock, whether its run knows or not. Nothing is written.</summary>
    TimedOut = 3,

    /// <summary>Its run no longer asks. Nothing is written.</summary>
    Closed = 4,
}
