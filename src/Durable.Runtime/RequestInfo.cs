namespace Durable;

/// <summary>A request that waits for an answer (<see cref="WorkflowContext.RequestAsync{TRequest, TResponse}(string, TRequest)"/>).</summary>
public sealed record RequestInfo
{
    /// <summary>The request's id: what it is answered by.</summary>
    public required string RequestId { get; init; }

    /// <summary>The run that asks.</summary>
    public required string RunId { get; init; }

    /// <summary>The request's name.</summary>
    public required string Name { get; init; }

    /// <summary>The question as UTF-8 JSON. What is marked <see cref="SensitiveAttribute"/> is not masked in it: whoever answers has to see it.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>When it was asked, by the store's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long ago that was, by the clock of this process; never negative.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Until when it may be answered, by the store's clock; null for no limit.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When the next sign of life must have come, by the store's clock; null where none is asked for.</summary>
    public required DateTimeOffset? HeartbeatDueAt { get; init; }
}

/// <summary>Which open requests to list. All conditions that are given have to hold.</summary>
public sealed record RequestFilter
{
    /// <summary>The run that asks; null (default) for any.</summary>
    public string? RunId { get; init; }

    /// <summary>The request's name; null (default) for any.</summary>
    public string? Name { get; init; }
}
