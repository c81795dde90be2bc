namespace Durable.Storage;

/// <summary>Which runs to list, and from where on. All conditions have to hold.</summary>
public sealed record RunQuery
{
    /// <summary>The statuses asked for; empty for any.</summary>
    public IReadOnlyCollection<RunStatus> Statuses { get; init; } = [];

    /// <summary>The workflow's name, in any version; null for any workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>What the run id begins with, ordinally: no character has a meaning of its own. Null or empty for any id.</summary>
    public string? RunIdPrefix { get; init; }

    /// <summary>Created at this time or later; null for no bound.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before this time; null for no bound.</summary>
    public DateTimeOffset? CreatedUntil { get; init; }

    /// <summary>Lists what comes after this position; null to begin with the newest run.</summary>
    public RunPosition? After { get; init; }

    /// <summary>How many runs at most: 1 to <see cref="DurableLimits.MaxPageSize"/> + 1, so that a full page can be known from the last one.</summary>
    public required int Max { get; init; }
}

/// <summary>A run's place in the listing. It never changes, so a page that begins after it neither repeats nor skips.</summary>
/// <param name="CreatedAt">When the run was created.</param>
/// <param name="RunId">The run's id. Runs created at the same instant are in the order of their ids by code point, which is that of their UTF-8 bytes.</param>
public readonly record struct RunPosition(DateTimeOffset CreatedAt, string RunId) : IComparable<RunPosition>
{
    /// <summary>Compares by time, then by the id's code points.</summary>
    /// <param name="other">The other position.</param>
    public int CompareTo(RunPosition other)
    {
        var byTime = CreatedAt.CompareTo(other.CreatedAt);
        return byTime != 0 ? byTime : StoredText.Compare(RunId, other.RunId);
    }
}
