namespace Durable;

/// <summary>The base of what a run's outcome or handle throws.</summary>
public abstract class RunException : DurableException
{
    private protected RunException(string runId, string message, Exception? innerException = null) : base(message, innerException) => RunId = runId;

    /// <summary>The run's id.</summary>
    public string RunId { get; }
}

/// <summary>The run failed.</summary>
/// <remarks>Its <see cref="Exception.InnerException"/> is the run's error, or the nearest one within it (as that of the step it failed by), that is of a <see cref="DurableErrorAttribute"/> type. Null without one, and where this process does not know the type.</remarks>
public sealed class RunFailedException : RunException
{
    internal RunFailedException(string runId, ErrorInfo error, Exception? cause = null) : base(runId, $"Run '{runId}' failed: {error.TypeName}: {error.Message}", cause) => Error = error;

    /// <summary>The stored error.</summary>
    public ErrorInfo Error { get; }

    /// <summary>True when the run's error, or one of its inner errors, is a <typeparamref name="TException"/>.</summary>
    /// <typeparam name="TException">The exception type asked for.</typeparam>
    public bool IsCausedBy<TException>() where TException : Exception => Error.IsCausedBy<TException>();
}

/// <summary>The run was set aside because the engine would have had to guess.</summary>
public sealed class RunQuarantinedException : RunException
{
    internal RunQuarantinedException(string runId, ErrorInfo error) : base(runId, $"Run '{runId}' is quarantined: {error.Message}") => Error = error;

    /// <summary>Why.</summary>
    public ErrorInfo Error { get; }
}

/// <summary>The store has no run of this id.</summary>
public sealed class RunNotFoundException : RunException
{
    internal RunNotFoundException(string runId) : base(runId, $"There is no run '{runId}' in this store. Check the id and that client and worker use the same store.") { }
}

/// <summary>The run id belongs to another workflow, or was started with other arguments.</summary>
public sealed class RunConflictException : RunException
{
    internal RunConflictException(string runId, string reason) : base(runId, $"Run '{runId}' exists already {reason}. Use another run id, or start it with what it was started with.") { }
}

/// <summary>The run cannot be resumed from where it stands.</summary>
public sealed class RunNotResumableException : RunException
{
    internal RunNotResumableException(string runId, RunStatus status, bool isFinal)
        : base(runId, isFinal
            ? $"Run '{runId}' is {status} for good: it was terminated, or part of it was undone by a Shield or Compensate. Start a new run."
            : $"Run '{runId}' is {status} and cannot be resumed; only failed, canceled and quarantined runs can. Start a new run.") { }
}

/// <summary>The run had ended, or is quarantined, and cannot be canceled; nothing was changed.</summary>
public sealed class RunNotCancelableException : RunException
{
    internal RunNotCancelableException(string runId, RunStatus status)
        : base(runId, status == RunStatus.Quarantined
            ? $"Run '{runId}' is quarantined: its code does not run, so it cannot be told to stop. Resume it first, or terminate it. Nothing was changed."
            : $"Run '{runId}' is {status} and cannot be canceled; it has ended. Nothing was changed.") => Status = status;

    /// <summary>How the run stood.</summary>
    public RunStatus Status { get; }
}

/// <summary>The run takes no signal: it has ended, or too many wait in its inbox. Nothing was changed.</summary>
public sealed class RunNotSignalableException : RunException
{
    internal RunNotSignalableException(string runId, RunStatus status)
        : base(runId, status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled
            ? $"Run '{runId}' is {status} and takes no signals; it has ended. Nothing was changed."
            : $"Run '{runId}' has {DurableLimits.MaxSignalsWaiting} signals that it has not taken, the limit (DurableLimits.MaxSignalsWaiting). Send again when it has taken some. Nothing was changed.") => Status = status;

    /// <summary>How the run stood.</summary>
    public RunStatus Status { get; }
}

/// <summary>The run had ended before it could be terminated; nothing was changed.</summary>
public sealed class RunNotTerminableException : RunException
{
    internal RunNotTerminableException(string runId, RunStatus status) : base(runId, $"Run '{runId}' is {status} and cannot be terminated; it has ended. Nothing was changed.") => Status = status;

    /// <summary>How the run had ended.</summary>
    public RunStatus Status { get; }
}

/// <summary>Nothing is recorded of a step of this id in the run: neither an outcome nor an attempt.</summary>
public sealed class StepNotFoundException : RunException
{
    internal StepNotFoundException(string runId, string stepId, string recorded)
        : base(runId, $"Run '{runId}' has recorded nothing of a step '{stepId}'. {recorded}") => StepId = stepId;

    /// <summary>The step's id, as it was asked for.</summary>
    public string StepId { get; }
}

/// <summary>A step cannot be decided on as it, or its run, stands; nothing was changed. The message says why, and what to do.</summary>
public sealed class StepNotDecidableException : RunException
{
    internal StepNotDecidableException(string runId, string stepId, RunStatus status, string why) : base(runId, $"Step '{stepId}' of run '{runId}' cannot be decided on: {why} Nothing was changed.")
        => (StepId, Status) = (stepId, status);

    /// <summary>The step's id.</summary>
    public string StepId { get; }

    /// <summary>How the run stood.</summary>
    public RunStatus Status { get; }
}

/// <summary>The run cannot be forked, or restored, from where that was asked for; nothing was written.</summary>
public sealed class RunNotForkableException : RunException
{
    internal RunNotForkableException(string runId, string why) : base(runId, $"Run '{runId}' cannot be forked: {why}") { }
}
