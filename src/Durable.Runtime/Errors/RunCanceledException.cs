namespace Durable;

/// <summary>The run was canceled or terminated.</summary>
public sealed class RunCanceledException : OperationCanceledException
{
    internal RunCanceledException(string runId, string? reason) : base(reason is null ? $"Run '{runId}' was canceled." : $"Run '{runId}' was canceled: {reason}")
    {
        RunId = runId;
        Reason = reason;
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>Why, as it was given; null when no reason was.</summary>
    public string? Reason { get; }
}
