namespace Durable.Execution;

/// <summary>The calls of a run that wait for their time, by when it comes: the soonest first, those of one instant in the order in which they were set. Owned by the pump.</summary>
internal sealed class CallTimers
{
    private readonly Dictionary<DurableCall, (TimeSpan Due, long Order)> _due = [];
    private readonly PriorityQueue<DurableCall, (TimeSpan Due, long Order)> _queue = new();
    private long _order;

    public int Count => _due.Count;

    /// <summary>Sets when a call's time comes, since the run was claimed. One that was set before moves.</summary>
    public void Set(DurableCall call, TimeSpan due)
    {
        _due[call] = (due, ++_order);
        _queue.Enqueue(call, (due, _order));
    }

    public bool Remove(DurableCall call) => _due.Remove(call);

    public bool TryPeek(out DurableCall call, out TimeSpan due)
    {
        // What was removed or moved stays in the queue until its turn comes.
        while (_queue.TryPeek(out call!, out var at))
        {
            due = at.Due;
            if (_due.TryGetValue(call, out var current) && current == at)
                return true;
            _queue.Dequeue();
        }

        due = default;
        return false;
    }

    /// <summary>The calls, in no particular order.</summary>
    public IReadOnlyCollection<DurableCall> Calls => _due.Keys;
}
