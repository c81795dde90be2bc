namespace Durable.Execution;

// A shutdown that waits no longer for bodies that do not end.
internal sealed partial class RunDriver
{
    private HashSet<DurableCall>? _queued;
    private volatile bool _leavesBodies;

    /// <summary>Gives the run back at once, whatever bodies go on: what they still do is discarded, and those that run at most once count as interrupted. To be called after <see cref="CancelBodies"/>.</summary>
    public void LeaveBodies()
    {
        _leavesBodies = true;
        Signal();
    }

    /// <summary>
    /// Right before a body starts: true when it must not. A process that was held up for longer than its lease would execute what another worker has executed meanwhile.
    /// </summary>
    public bool RefusesBody(DurableCall call)
    {
        if (_deadline is { HasPassed: true })
            Drop("its lease could not be renewed");
        lock (_gate)
        {
            if (_ending || _halted || call.IsAbandoned)
                return true;
            _queued?.Remove(call);
            return false;
        }
    }

    private bool MayGiveBack()
    {
        if (!_draining || !_outbox.IsIdle)
            return false;
        var running = Volatile.Read(ref _running);
        if (running == 0)
            return true;
        if (_leavesBodies)
            Log.BodiesLeft(Engine.Log, RunId, running);
        return _leavesBodies;
    }

    // The beginnings that are stored and whose bodies wait for a thread: after the end of this incarnation they are refused.
    private List<long> Queued()
    {
        lock (_gate)
            return _queued?.Select(static call => call.Progress!.Started!.Sequence).ToList() ?? [];
    }
}
