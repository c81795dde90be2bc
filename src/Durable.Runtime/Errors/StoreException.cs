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

/// <summary>What the store holds of one run is not what was written: a flipped byte, a lost row. Waiting does not help, and other runs are not affected.</summary>
/// <remarks>Where it stops a run from going on, the run is set aside as <see cref="RunStatus.Quarantined"/>.</remarks>
public sealed class RunDamagedException : StoreException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="message">What is damaged and where, and what to do.</param>
    /// <param name="innerException">What was thrown on reading it, if anything.</param>
    public RunDamagedException(string runId, string message, Exception? innerException = null) : base(message, innerException) => RunId = runId;

    /// <summary>The run's id, as it was asked for.</summary>
    public string RunId { get; }
}
