namespace Durable;

/// <summary>The base of what answering a request throws.</summary>
public abstract class RequestException : DurableException
{
    private protected RequestException(string requestId, string message) : base(message) => RequestId = requestId;

    /// <summary>The request's id.</summary>
    public string RequestId { get; }
}

/// <summary>The store has no request of this id.</summary>
public sealed class RequestNotFoundException : RequestException
{
    internal RequestNotFoundException(string requestId) : base(requestId, $"There is no request '{requestId}' in this store. Check the id, and that client and worker use the same store; its run may have been purged.") { }
}

/// <summary>The request was answered before; nothing was changed.</summary>
public sealed class RequestAnsweredException : RequestException
{
    internal RequestAnsweredException(string requestId) : base(requestId, $"Request '{requestId}' was answered before: the first answer counts. Nothing was changed.") { }
}

/// <summary>The request can no longer be answered: its time has passed, or its run no longer asks. Nothing was changed.</summary>
public sealed class RequestClosedException : RequestException
{
    internal RequestClosedException(string requestId, bool isTimedOut)
        : base(requestId, $"Request '{requestId}' can no longer be answered: {(isTimedOut ? "its time has passed" : "its run no longer asks")}. Nothing was changed.") => IsTimedOut = isTimedOut;

    /// <summary>True when its time has passed, or a sign of life was missed; false when its run was canceled or has ended.</summary>
    public bool IsTimedOut { get; }
}

/// <summary>A request was rejected. The code that asked gets a <see cref="StepFailedException"/> that is caused by it: <c>IsCausedBy&lt;RequestRejectedException&gt;()</c>.</summary>
public sealed class RequestRejectedException : DurableException
{
    internal RequestRejectedException(string reason) : base(reason) { }
}
