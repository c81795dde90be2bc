namespace Durable;

/// <summary>The store could not do what it was asked, for a reason that may pass: unreachable, locked, full. Whether a write took effect is unknown.</summary>
public class StoreException : DurableException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The driver's exception, if any.</param>
    public StoreException(string message, Exception? innerException = null) : base(message, innerException) { }
}

/// <summary>The store must not be used as it is: a foreign file, a newer schema. Waiting does not help.</summary>
public sealed class StoreRefusedException : StoreException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found, and what to do.</param>
    /// <param name="innerException">The driver's exception, if any.</param>
    public StoreRefusedException(string message, Exception? innerException = null) : base(message, innerException) { }
}
