namespace Durable;

/// <summary>What the store knows of a run, without its payloads.</summary>
public sealed record RunInfo
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>The version of the workflow that the run is pinned to.</summary>
    public required int Version { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Which attempt of the run this is, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The incarnation: raised each time a worker claims the run. Begins at 0, or higher where runs were purged.</summary>
    public required long Epoch { get; init; }

    /// <summary>When the run was accepted, by the store's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a suspended run goes on, by the store's clock; null for any other.</summary>
    public required DateTimeOffset? WakesAt { get; init; }

    /// <summary>True when the run's cancellation was asked for and not withdrawn by a resume. It may not have come to its end yet.</summary>
    public required bool IsCancelRequested { get; init; }

    /// <summary>When the run is canceled because it has taken as long as it may (<see cref="StartOptions.Timeout"/>), by the store's clock; null for no limit.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    /// <summary>The run that started it as its child; null for a run that a client started.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>What the run says of itself (<see cref="WorkflowContext.SetStatus"/>); null for nothing.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>When the run ended, by the store's clock; null while it has not.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the run failed or is quarantined, or the reason for which it was terminated; otherwise null.</summary>
    public required ErrorInfo? Error { get; init; }
}
