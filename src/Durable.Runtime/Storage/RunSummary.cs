namespace Durable.Storage;

/// <summary>A run as it is listed: without arguments, result and checkpoints.</summary>
public sealed record RunSummary
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The workflow.</summary>
    public required WorkflowIdentity Workflow { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Raised by each claim.</summary>
    public required long Epoch { get; init; }

    /// <summary>Which attempt of the run this is, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The encoded error; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>When the run was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a suspended run is due, by the store's clock; null for any other.</summary>
    public DateTimeOffset? WakesAt { get; init; }

    /// <summary>True when somebody asked for the run to be canceled, and no resume came after.</summary>
    public bool IsCancelRequested { get; init; }

    /// <summary>When the run has taken as long as it may, by the store's clock; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The run that started it; null for a run that a client started.</summary>
    public RunParent? Parent { get; init; }

    /// <summary>What the run says of itself; null for nothing.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>When the run ended or was quarantined; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the listing goes on after this run.</summary>
    public RunPosition Position => new(CreatedAt, RunId);
}
