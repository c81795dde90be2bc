namespace Durable;

/// <summary>A payload could not be written or read.</summary>
public class PayloadException : DurableException
{
    internal PayloadException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Which payload, in words of the engine's only, fit for a log; null when the whole message is.</summary>
    internal string? Place { get; init; }
}

/// <summary>A payload exceeds <see cref="DurableLimits.MaxPayloadBytes"/>. Thrown before anything is written.</summary>
public sealed class PayloadTooLargeException : PayloadException
{
    internal PayloadTooLargeException(string what, long bytes)
        : base($"{what} takes {bytes:N0} bytes; the limit is {DurableLimits.MaxPayloadBytes:N0} (DurableLimits.MaxPayloadBytes). Store the data elsewhere and pass a reference.") { }
}
