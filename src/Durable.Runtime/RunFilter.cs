namespace Durable;

/// <summary>Which runs to list. All conditions that are given have to hold.</summary>
public sealed record RunFilter
{
    /// <summary>The statuses asked for; empty (default) for any.</summary>
    public IReadOnlyCollection<RunStatus> Statuses { get; init; } = [];

    /// <summary>The workflow's name, in any version; null (default) for any workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>What the run id begins with, compared ordinally: upper and lower case differ, and no character is a wildcard. Null (default) for any id.</summary>
    public string? RunIdPrefix { get; init; }

    /// <summary>Accepted at this time or later, by the store's clock; null (default) for no bound.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Accepted before this time, by the store's clock; null (default) for no bound.</summary>
    public DateTimeOffset? CreatedUntil { get; init; }
}
