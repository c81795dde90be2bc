namespace Durable;

/// <summary>A child run failed, was canceled, or could not be started because a run of its id exists that is no child of this one. The same type and data on the first run and on every replay.</summary>
/// <remarks>Its <see cref="Exception.InnerException"/> is the child's error, or the nearest one within it, that is of a <see cref="DurableErrorAttribute"/> type. Null without one.</remarks>
public sealed class ChildWorkflowFailedException : DurableException
{
    internal ChildWorkflowFailedException(string runId, string workflow, ErrorInfo error, Exception? cause = null)
        : base(IsCancellation(error) ? $"Child run '{runId}' of workflow '{workflow}' was canceled: {error.Message}" : $"Child run '{runId}' of workflow '{workflow}' failed: {error.TypeName}: {error.Message}", cause)
        => (RunId, Workflow, Error) = (runId, workflow, error);

    /// <summary>The child's run id.</summary>
    public string RunId { get; }

    /// <summary>The child's workflow.</summary>
    public string Workflow { get; }

    /// <summary>The child's stored error; for one that was canceled, why.</summary>
    public ErrorInfo Error { get; }

    /// <summary>True when the child was canceled or terminated, by whomever.</summary>
    public bool IsCanceled => IsCancellation(Error);

    /// <summary>True when the child's error, or one of its inner errors, is a <typeparamref name="TException"/> by type name.</summary>
    /// <typeparam name="TException">The exception type asked for.</typeparam>
    public bool IsCausedBy<TException>() where TException : Exception => Error.IsCausedBy<TException>();

    private static bool IsCancellation(ErrorInfo error) => error.TypeName == typeof(RunCanceledException).FullName;
}
