namespace Durable;

/// <summary>How long a run waits for the answer to a request.</summary>
public sealed class RequestOptions
{
    /// <summary>Distinguishes requests of one name; null (default) for none.</summary>
    public string? Key { get; init; }

    /// <summary>How long at most, by the store's clock; null (default) for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long at most without a sign of life from whoever works on the answer (<c>HeartbeatRequestAsync</c>), by the store's clock; null (default) for no limit.</summary>
    public TimeSpan? HeartbeatTimeout { get; init; }
}
