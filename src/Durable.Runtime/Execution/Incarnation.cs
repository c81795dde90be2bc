using Durable.Storage;

namespace Durable.Execution;

/// <summary>One worker's hold on one run, from claim to release: one pass over the run, or several where the run is unloaded in between.</summary>
internal sealed class Incarnation(RunDriver first)
{
    private readonly Lock _gate = new();
    private readonly List<Action<RunDriver>> _orders = [];
    private RunDriver _pass = first;
    private bool _isToldOfCancellation;

    public RunLease Lease { get; } = new(first.RunId, first.Epoch);

    public string Workflow { get; } = first.Definition.Name;

    /// <inheritdoc cref="RunDriver.TurnStartedAt"/>
    public long TurnStartedAt => Pass.TurnStartedAt;

    /// <inheritdoc cref="RunDriver.Held"/>
    public CancellationToken Held => Pass.Held;

    /// <summary>Completes when something that came of a body is stored, of a run that executes alone. Of others it is not waited for.</summary>
    public Task FirstOutcome { get; } = first.FirstOutcome?.Task ?? Task.CompletedTask;

    private RunDriver Pass
    {
        get
        {
            lock (_gate)
                return _pass;
        }
    }

    /// <summary>Drives the run until the hold is over. Called once.</summary>
    public async Task<RunEnd> RunAsync()
    {
        while (true)
        {
            var end = await Pass.RunAsync();
            if (end != RunEnd.Unloaded)
                return end;
            Reload();
        }
    }

    /// <inheritdoc cref="RunDriver.Drain"/>
    public void Drain() => Tell(static pass => pass.Drain());

    /// <inheritdoc cref="RunDriver.PutOff"/>
    public void PutOff(TimeSpan wait) => Tell(pass => pass.PutOff(wait));

    /// <inheritdoc cref="RunDriver.CancelBodies"/>
    public void CancelBodies() => Tell(static pass => pass.CancelBodies());

    /// <inheritdoc cref="RunDriver.LeaveBodies"/>
    public void LeaveBodies() => Tell(static pass => pass.LeaveBodies());

    /// <inheritdoc cref="RunDriver.Drop"/>
    public void Drop(string reason) => Tell(pass => pass.Drop(reason));

    /// <inheritdoc cref="RunDriver.Terminated"/>
    public void Terminated() => Tell(static pass => pass.Terminated());

    /// <inheritdoc cref="RunDriver.CancelRequested"/>
    public void CancelRequested()
    {
        // Said at each renewal.
        if (!Interlocked.Exchange(ref _isToldOfCancellation, true))
            Tell(static pass => pass.CancelRequested());
    }

    /// <summary>There may be messages for the run. A pass that begins looks for itself.</summary>
    /// <param name="last">The last one's position; null where that is not known.</param>
    public void MessagesArrived(long? last = null) => Pass.MessagesArrived(last);

    private void Tell(Action<RunDriver> order)
    {
        RunDriver pass;
        lock (_gate)
        {
            _orders.Add(order);
            pass = _pass;
        }

        order(pass);
    }

    // What was asked of the pass that has just ended holds for the next one.
    private void Reload()
    {
        RunDriver next;
        List<Action<RunDriver>> orders;
        lock (_gate)
        {
            next = _pass = _pass.Successor();
            orders = [.. _orders];
        }

        orders.ForEach(order => order(next));
    }
}
