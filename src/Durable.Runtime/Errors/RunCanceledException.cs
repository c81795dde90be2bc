namespace Durable;

/// <summary>
/// The run was canceled or terminated. Workflow code gets it from each durable call once it was told, the same on every replay; whoever waits for the run gets it when it has ended.
/// </summary>
public sealed class RunCanceledException : OperationCanceledException
{
    internal RunCanceledException(string runId, string? reason) : base(string.IsNullOrEmpty(reason) ? $"Run '{runId}' was canceled." : $"Run '{runId}' was canceled: {reason}")
    {
        RunId = runId;
        Reason = string.IsNullOrEmpty(reason) ? null : reason;
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>Why, as it was given; null when no reason was.</summary>
    public string? Reason { get; }
}
