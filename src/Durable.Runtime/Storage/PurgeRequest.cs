namespace Durable.Storage;

/// <summary>An operator removes runs that ended.</summary>
public sealed record PurgeRequest
{
    /// <summary>The statuses to remove: at least one, each final or <see cref="RunStatus.Quarantined"/>.</summary>
    public required IReadOnlyCollection<RunStatus> Statuses { get; init; }

    /// <summary>Removes runs that ended at least this long ago, by the store's clock; not negative.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How many runs at most: 1 to <see cref="DurableLimits.MaxPurgeBatch"/>.</summary>
    public required int Max { get; init; }

    /// <summary>The latest end of a run to remove, or null when the age reaches back beyond the calendar: then there is nothing to remove.</summary>
    /// <param name="now">The store's time.</param>
    public DateTimeOffset? EndedUntil(DateTimeOffset now) => Age > now - DateTimeOffset.MinValue ? null : now - Age;
}
