namespace Durable.Storage;

/// <summary>The runs of one workflow that have not ended, by when they are due. Its owner holds the store's lock.</summary>
internal sealed class InMemoryQueue
{
    // A waiting run is due whatever the clock says, also after the clock was set back; a lease or a suspension has to pass by the clock.
    private readonly SortedSet<InMemoryRun> _ready = [];
    private readonly SortedSet<InMemoryRun> _timed = [];

    public void AddReady(InMemoryRun run, DateTimeOffset since) => Move(run, since, _ready);

    public void AddTimed(InMemoryRun run, DateTimeOffset until) => Move(run, until, _timed);

    public void Remove(InMemoryRun run)
    {
        if (!_ready.Remove(run))
            _timed.Remove(run);
    }

    public InMemoryRun? OldestDue(DateTimeOffset now)
    {
        var ready = _ready.Min;
        var expired = _timed.Min is { } timed && timed.DueAt <= now ? timed : null;
        return ready is null || (expired is not null && expired.CompareTo(ready) < 0) ? expired : ready;
    }

    private void Move(InMemoryRun run, DateTimeOffset dueAt, SortedSet<InMemoryRun> to)
    {
        Remove(run);
        run.DueAt = dueAt;
        to.Add(run);
    }
}
