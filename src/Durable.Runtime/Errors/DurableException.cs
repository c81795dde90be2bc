namespace Durable;

/// <summary>The base of every exception that Durable throws on purpose.</summary>
public abstract class DurableException : Exception
{
    private protected DurableException(string message, Exception? innerException = null) : base(message, innerException) { }
}
