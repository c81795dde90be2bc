using Durable.Execution;
using Durable.Storage;

namespace Durable.Workers;

/// <summary>The process part that claims runs, drives them, and reports.</summary>
internal sealed class Worker(Engine engine) : IAsyncDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HeldRun> _held = [];
    private readonly CancellationTokenSource _stopClaiming = new();
    private readonly CancellationTokenSource _stopKeeping = new();
    private TaskCompletionSource _wake = NewWake();
    private Task _claiming = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private bool _mayBeMore = true;

    /// <summary>How long a claim holds. While someone debugs, long enough to read the code.</summary>
    public TimeSpan Lease => engine.IsDebugged() ? TimeSpan.FromHours(1) : engine.Options.LeaseDuration;

    /// <summary>Starts to work. Returns when the store is open; claiming begins when this process may work it.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.InitializeAsync(cancellationToken);
        engine.Signals.RunAccepted += WakeForNewRun;
        engine.Signals.RunSuspended += WakeWhenDue;
        engine.Signals.RunTerminated += StopTerminated;
        engine.Signals.RunCancelRequested += TellCanceled;
        engine.Signals.RunMessageSent += TellMessage;
        _keeping = engine.Start(() => new LeaseKeeper(engine, this).RunAsync(_stopKeeping.Token));
        _watching = engine.Start(() => new Watchdog(engine, this).RunAsync(_stopKeeping.Token));
        _claiming = engine.Start(() => ClaimAsync(new Isolation(engine, this), _stopClaiming.Token));
    }

    /// <summary>The first phase of a shutdown: claims nothing more, starts no further bodies, and gives each run back once its bodies have ended.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _stopClaiming.Cancel();
        var held = Held();
        Log.WorkerStopping(engine.Log, engine.Worker, held.Count);
        foreach (var run in held)
            run.Incarnation.Drain();
        await engine.WaitQuietlyAsync(DrainedAsync(), engine.Options.ShutdownGrace, cancellationToken);
    }

    // A store that hangs on a claim holds up neither the runs that are held nor, for longer than the grace, the shutdown.
    private async Task DrainedAsync()
    {
        await _claiming;
        await RunsEndedAsync();
    }

    /// <summary>The second phase: cancels the tokens of the bodies that are left, waits for them a moment, and gives their runs back in any case, so that they go on elsewhere at once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var run in Held())
            run.Incarnation.CancelBodies();
        await engine.WaitQuietlyAsync(RunsEndedAsync(), s_moment, cancellationToken);
        foreach (var run in Held())
            run.Incarnation.LeaveBodies();
        // Also where the host has lost its patience: without these writes the runs stand still until their leases have passed.
        await engine.WaitQuietlyAsync(RunsEndedAsync(), s_moment, CancellationToken.None);
        foreach (var run in Held())
            run.Incarnation.Drop("the worker stops, and could not give it back");
        engine.Signals.RunAccepted -= WakeForNewRun;
        engine.Signals.RunSuspended -= WakeWhenDue;
        engine.Signals.RunTerminated -= StopTerminated;
        engine.Signals.RunCancelRequested -= TellCanceled;
        engine.Signals.RunMessageSent -= TellMessage;
        _stopKeeping.Cancel();
        await Task.WhenAll(_keeping, _watching);
        Log.WorkerStopped(engine.Log, engine.Worker);
    }

    public async ValueTask DisposeAsync()
    {
        _stopClaiming.Cancel();
        _stopKeeping.Cancel();
        foreach (var run in Held())
            run.Incarnation.Drop("the worker was disposed");
        _stopClaiming.Dispose();
        _stopKeeping.Dispose();
    }

    /// <summary>The runs that this worker holds now.</summary>
    public IReadOnlyList<HeldRun> Held()
    {
        lock (_gate)
            return [.. _held.Values];
    }

    private int HeldCount
    {
        get
        {
            lock (_gate)
                return _held.Count;
        }
    }

    private async Task ClaimAsync(Isolation isolation, CancellationToken cancellationToken)
    {
        try
        {
            await EnterAsync(cancellationToken);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var wake = RenewWake().Task;
                await ClaimOnceAsync(isolation, cancellationToken);
                if (!HasMoreAndRoom())
                    await engine.WaitAsync(wake, engine.Options.PollInterval, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var entered = engine.Store.EnterAsWorkerAsync(cancellationToken).AsTask();
                engine.Forget(entered);
                await engine.WaitAsync(entered, engine.Options.PollInterval, cancellationToken);
                if (!entered.IsCompleted)
                    Log.WorkerStandsBy(engine.Log, engine.Worker);
                await entered;
                await StartupReport.LogAsync(engine, cancellationToken);
                return;
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Log.StoreUnavailable(engine.Log, exception);
                await engine.Delay(engine.Options.PollInterval, cancellationToken);
            }
        }
    }

    private async Task ClaimOnceAsync(Isolation isolation, CancellationToken stopping)
    {
        var max = Math.Min(engine.Options.MaxConcurrentRuns - HeldCount, isolation.MaxClaimed);
        if (max <= 0)
            return;
        // Taken before the store is asked: the lease may start to run any time from here on. A claim under way is not cut short by the first phase of a shutdown,
        // since the store may have granted it: what it brings is drained like the rest.
        var askedAt = engine.Time.GetTimestamp();
        try
        {
            var runs = await engine.Store.ClaimRunsAsync(new ClaimRequest { Worker = engine.Worker, Max = max, Lease = Lease, Workflows = engine.Workflows.Identities }, _stopKeeping.Token);
            if (_stopKeeping.IsCancellationRequested)
                return;
            _mayBeMore = runs.Count == max;
            // A claim that the store took long over is soon given up again: bodies would be started in vain.
            if (runs.Count > 0 && engine.Time.GetElapsedTime(askedAt) > Lease / 3)
                (runs, askedAt) = await ConfirmAsync(runs);
            var held = new List<HeldRun>(runs.Count);
            try
            {
                foreach (var run in runs)
                    held.Add(Hold(run, askedAt));
            }
            finally
            {
                // What is held executes, whatever the store returned besides.
                await isolation.ExecuteAsync(held, stopping);
            }

            // Whatever was announced while a run executed alone, nobody was listening.
            if (held.Exists(static run => run.IsSuspected))
                Volatile.Write(ref _mayBeMore, true);
        }
        catch (Exception exception)
        {
            if (_stopKeeping.IsCancellationRequested)
                return;
            // Whatever a store throws, the worker goes on asking: it is the only one who does.
            Log.StoreUnavailable(engine.Log, exception);
            Volatile.Write(ref _mayBeMore, false);
        }
    }

    private async Task<(IReadOnlyList<RunRecord> Held, long AskedAt)> ConfirmAsync(IReadOnlyList<RunRecord> claimed)
    {
        var askedAt = engine.Time.GetTimestamp();
        var renewed = await engine.Store.RenewLeasesAsync(new LeaseRenewal([.. claimed.Select(run => new RunLease(run.RunId, run.Epoch))], Lease), _stopKeeping.Token);
        return ([.. claimed.Where(run => !renewed.Lost.Contains(new RunLease(run.RunId, run.Epoch)))], askedAt);
    }

    private HeldRun Hold(RunRecord run, long claimedAt)
    {
        engine.Workflows.TryGet(run.Workflow, out var definition);
        var deadline = new LeaseDeadline(engine.Time, () => Lease, claimedAt);
        var isSuspected = Poison.IsSuspected(engine, run);
        var driver = new RunDriver(engine, run, definition!, deadline) { FirstOutcome = isSuspected ? new TaskCompletionSource() : null };
        var held = new HeldRun(new Incarnation(driver), deadline) { IsSuspected = isSuspected };
        HeldRun? older;
        lock (_gate)
        {
            _held.TryGetValue(run.RunId, out older);
            _held[run.RunId] = held;
        }

        // By the store's clock the lease had passed, and nobody keeps the older incarnation any more.
        older?.Incarnation.Drop("this worker claimed it again");
        if (_stopClaiming.IsCancellationRequested)
            held.Incarnation.Drain();
        if (run.Takeovers > 1)
            Log.RunTakenOver(engine.Log, run.RunId, run.Workflow.Name, run.Takeovers, engine.Options.PoisonLimit);
        return held;
    }

    /// <summary>Executes a run that is held. Called once.</summary>
    public void Execute(HeldRun held)
    {
        held.Ended = engine.Start(async () =>
        {
            try
            {
                await held.Incarnation.RunAsync();
            }
            catch (Exception exception)
            {
                // Nothing that a store returns may leave a run held for ever by a worker that does not drive it.
                Log.IncarnationBroken(engine.Log, held.Lease.RunId, exception);
                held.Incarnation.Drop("its incarnation could not be driven");
            }

            lock (_gate)
            {
                // A run that was lost may be back already, in a new incarnation.
                if (_held.TryGetValue(held.Lease.RunId, out var current) && current == held)
                    _held.Remove(held.Lease.RunId);
            }

            if (Volatile.Read(ref _mayBeMore))
                Wake();
        });
    }

    private bool HasMoreAndRoom() => _mayBeMore && HeldCount < engine.Options.MaxConcurrentRuns;

    private TaskCompletionSource RenewWake()
    {
        lock (_gate)
        {
            if (_wake.Task.IsCompleted)
                _wake = NewWake();
            return _wake;
        }
    }

    private void WakeForNewRun()
    {
        Volatile.Write(ref _mayBeMore, true);
        Wake();
    }

    // A short suspension need not last until the next poll.
    private void WakeWhenDue(TimeSpan wait)
    {
        if (wait < engine.Options.PollInterval && !_stopClaiming.IsCancellationRequested)
            _ = engine.Start(() => WakeAfterAsync(wait));
    }

    private async Task WakeAfterAsync(TimeSpan wait)
    {
        await engine.WaitQuietlyAsync(_claiming, wait, CancellationToken.None);
        WakeForNewRun();
    }

    // The store has ended the run, so that nothing of it can be written any more: only the time until that is noticed is saved.
    private void StopTerminated(string runId) => Find(runId)?.Incarnation.Terminated();

    // It is stored, and would be noticed at the next write or renewal.
    private void TellCanceled(string runId) => Find(runId)?.Incarnation.CancelRequested();

    // It is stored as well.
    private void TellMessage(string runId) => Find(runId)?.Incarnation.MessagesArrived();

    private HeldRun? Find(string runId)
    {
        lock (_gate)
            return _held.GetValueOrDefault(runId);
    }

    private void Wake()
    {
        lock (_gate)
            engine.Give(_wake);
    }

    private Task RunsEndedAsync() => Task.WhenAll(Held().Select(run => run.Ended));

    private static TaskCompletionSource NewWake() => new();
}
