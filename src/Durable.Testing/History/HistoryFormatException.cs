namespace Durable.Testing.History;

/// <summary>The files of a history are not what processes write: nothing can be concluded from them.</summary>
public sealed class HistoryFormatException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="inner">What reading threw, if anything.</param>
    public HistoryFormatException(string message, Exception? inner = null) : base(message, inner) { }
}
