namespace Durable;

/// <summary>The run was canceled.</summary>
public sealed class RunCanceledException : OperationCanceledException
{
    internal RunCanceledException(string runId, string? reason) : base(reason is null ? $"Run '{runId}' was canceled." : $"Run '{runId}' was canceled: {reason}") => RunId = runId;

    /// <summary>The run's id.</summary>
    public string RunId { get; }
}
