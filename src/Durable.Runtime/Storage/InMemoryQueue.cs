namespace Durable.Storage;

/// <summary>The runs of one workflow that have not ended, by when they are due. Its owner holds the store's lock.</summary>
internal sealed class InMemoryQueue
{
    // A waiting run is due whatever the clock says, also after the clock was set back; a lease has to pass by the clock.
    private readonly SortedSet<InMemoryRun> _ready = [];
    private readonly SortedSet<InMemoryRun> _leased = [];

    public void AddReady(InMemoryRun run, DateTimeOffset since) => Move(run, since, _ready);

    public void AddLeased(InMemoryRun run, DateTimeOffset until) => Move(run, until, _leased);

    public void Remove(InMemoryRun run)
    {
        if (!_ready.Remove(run))
            _leased.Remove(run);
    }

    public InMemoryRun? OldestDue(DateTimeOffset now)
    {
        var ready = _ready.Min;
        var expired = _leased.Min is { } lease && lease.DueAt <= now ? lease : null;
        return ready is null || (expired is not null && expired.CompareTo(ready) < 0) ? expired : ready;
    }

    private void Move(InMemoryRun run, DateTimeOffset dueAt, SortedSet<InMemoryRun> to)
    {
        Remove(run);
        run.DueAt = dueAt;
        to.Add(run);
    }
}
