namespace Durable.Samples.Tests.Guide;

/// <summary>The gateway did nothing.</summary>
public class GatewayException(string message) : Exception(message)
{
    public bool IsTransient { get; init; }
}

/// <summary>It did nothing because it has too much to do, and says for how long.</summary>
public sealed class GatewayBusyException(TimeSpan retryAfter) : GatewayException("The gateway is busy."), IRetryAfter
{
    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>It did nothing because the card is no good.</summary>
[DurableError]
public sealed class CardRefusedException(string reason) : GatewayException($"The card was refused: {reason}.")
{
    public string Reason => reason;
}
