namespace Durable;

/// <summary>A step failed for good. The same type and data on the first run and on every replay.</summary>
/// <remarks>Its <see cref="Exception.InnerException"/> is the body's exception, or the nearest one within it, that is of a <see cref="DurableErrorAttribute"/> type: made again of what was recorded. Null without one.</remarks>
public class StepFailedException : DurableException
{
    internal StepFailedException(string stepId, ErrorInfo error, int attempts, Exception? cause = null)
        : base($"Step '{stepId}' failed after {attempts} attempt(s): {error.TypeName}: {error.Message}", cause)
    {
        StepId = stepId;
        Error = error;
        Attempts = attempts;
    }

    /// <summary>The step's id within the run.</summary>
    public string StepId { get; }

    /// <summary>The stored error of the last attempt.</summary>
    public ErrorInfo Error { get; }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; }

    /// <summary>The full type name of the body's exception.</summary>
    public string ErrorTypeName => Error.TypeName;

    /// <summary>True when the body's exception, or one of its inner exceptions, is a <typeparamref name="TException"/>.</summary>
    /// <typeparam name="TException">The exception type asked for.</typeparam>
    public bool IsCausedBy<TException>() where TException : Exception => Error.IsCausedBy<TException>();
}
