using Durable.Storage;

namespace Durable.Execution;

/// <summary>One worker's hold on one run, from claim to release: one pass over the run, or several where the run is unloaded in between.</summary>
internal sealed class Incarnation(RunDriver first)
{
    private readonly Lock _gate = new();
    private RunDriver _pass = first;
    private bool _isDraining;
    private bool _bodiesCanceled;
    private string? _dropped;
    private bool _terminated;

    public RunLease Lease { get; } = new(first.RunId, first.Epoch);

    public string Workflow { get; } = first.Definition.Name;

    /// <inheritdoc cref="RunDriver.TurnStartedAt"/>
    public long TurnStartedAt => Pass.TurnStartedAt;

    /// <inheritdoc cref="RunDriver.Held"/>
    public CancellationToken Held => Pass.Held;

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
    public void Drain()
    {
        RunDriver pass;
        lock (_gate)
        {
            _isDraining = true;
            pass = _pass;
        }

        pass.Drain();
    }

    /// <inheritdoc cref="RunDriver.CancelBodies"/>
    public void CancelBodies()
    {
        RunDriver pass;
        lock (_gate)
        {
            _bodiesCanceled = true;
            pass = _pass;
        }

        pass.CancelBodies();
    }

    /// <inheritdoc cref="RunDriver.Drop"/>
    public void Drop(string reason)
    {
        RunDriver pass;
        lock (_gate)
        {
            _dropped ??= reason;
            pass = _pass;
        }

        pass.Drop(reason);
    }

    /// <inheritdoc cref="RunDriver.Terminated"/>
    public void Terminated()
    {
        RunDriver pass;
        lock (_gate)
        {
            _terminated = true;
            pass = _pass;
        }

        pass.Terminated();
    }

    // What was asked of the pass that has just ended holds for the next one.
    private void Reload()
    {
        RunDriver next;
        lock (_gate)
            next = _pass = _pass.Successor();
        if (_isDraining)
            next.Drain();
        if (_bodiesCanceled)
            next.CancelBodies();
        if (_terminated)
            next.Terminated();
        if (_dropped is { } reason)
            next.Drop(reason);
    }
}
