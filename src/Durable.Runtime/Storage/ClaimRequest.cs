namespace Durable.Storage;

/// <summary>A worker asks for runs.</summary>
public sealed record ClaimRequest
{
    /// <summary>Who asks.</summary>
    public required string Worker { get; init; }

    /// <summary>How many runs at most.</summary>
    public required int Max { get; init; }

    /// <summary>How long the lease holds from now, by the store's clock.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>The workflows that the worker knows.</summary>
    public required IReadOnlyCollection<WorkflowIdentity> Workflows { get; init; }
}
