using Durable.Serialization;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Execution;

// The pump: what happens when, and the end of an incarnation. The other half answers the code's calls.
internal sealed partial class RunDriver
{
    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posts = new();
    private readonly Queue<(DurableCall Call, CheckpointRecord Record)> _stored = new();
    private readonly TaskCompletionSource<RunEnd> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _held = new();
    private readonly CancellationTokenSource _bodies = new();
    private readonly AsyncServiceScope _services;
    private bool _pumping;
    private bool _signaled;
    private bool _ending;
    private bool _isOver;
    private volatile bool _draining;
    private volatile bool _halted;
    private string? _quarantine;
    private int _running;
    private int _pumpThread;
    private long _turnStartedAt;

    /// <summary>Canceled when the hold on the run is given up: nothing may be written any more.</summary>
    public CancellationToken Held => _held.Token;

    /// <summary>Canceled when this incarnation is over, whichever way: what step bodies and foreign work of the workflow listen to.</summary>
    public CancellationToken BodyToken => _bodies.Token;

    /// <summary>When the current turn of workflow code started, as a timestamp; 0 between turns.</summary>
    public long TurnStartedAt => Volatile.Read(ref _turnStartedAt);

    /// <summary>Starts no further bodies, and gives the run back once nothing of it is running.</summary>
    public void Drain()
    {
        _draining = true;
        Signal();
    }

    /// <summary>
    /// Cancels the tokens of running bodies; what they then throw is no outcome. Workflow code listens to the same token, so it runs no further:
    /// a shutdown must not look to it like something that the run could end with.
    /// </summary>
    public void CancelBodies()
    {
        _halted = true;
        _ = Engine.Start(() =>
        {
            try
            {
                _bodies.Cancel();
            }
            catch (AggregateException exception)
            {
                // Callbacks that users registered on the token; they are not ours to fail on.
                Log.CancellationCallbackFailed(Engine.Log, RunId, exception);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Gives up the run without writing: it goes on elsewhere.</summary>
    public void Drop(string reason)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _ending = true;
        }

        Log.RunDropped(Engine.Log, RunId, Epoch, reason);
        _held.Cancel();
        Finish(RunEnd.Lost);
    }

    /// <summary>Sets the run aside. May be called from anywhere.</summary>
    public void Quarantine(string reason)
    {
        lock (_gate)
            _quarantine ??= reason;
        Signal();
    }

    /// <summary>Takes a continuation of workflow code.</summary>
    public void Post(SendOrPostCallback callback, object? state)
    {
        var isForeign = Volatile.Read(ref _pumpThread) != Environment.CurrentManagedThreadId;
        bool isLate;
        lock (_gate)
        {
            isLate = _ending;
            if (!isLate)
                _posts.Enqueue((callback, state));
        }

        if (isLate)
            Log.LateContinuation(Engine.Log, RunId, Epoch);
        else if (isForeign)
            Signal();
    }

    /// <summary>The body of a call has ended with an outcome.</summary>
    public void BodyEnded(DurableCall call, in StepOutcome outcome)
    {
        Log.StepExecuted(Engine.Log, RunId, call.Id, outcome.Error is null);
        bool isLate;
        lock (_gate)
            isLate = _ending;
        if (isLate)
            Log.LateOutcome(Engine.Log, RunId, call.Id);
        else
            _outbox.Add(call, outcome);
        BodyGone();
    }

    /// <summary>The body of a call has ended because its token was canceled; that is no outcome.</summary>
    public void BodyAbandoned(DurableCall call)
    {
        Log.StepAbandoned(Engine.Log, RunId, call.Id);
        BodyGone();
    }

    /// <summary>Completions are stored: they are delivered in the order in which this is called.</summary>
    public void Stored(List<(DurableCall? Call, CheckpointRecord Record)> completions)
    {
        lock (_gate)
        {
            foreach (var (call, record) in completions)
            {
                if (call is not null)
                    _stored.Enqueue((call, record));
            }
        }
    }

    /// <summary>Goes on after something was stored.</summary>
    /// <param name="pumpHere">True when the calling thread has nothing else to do.</param>
    public void Continue(bool pumpHere)
    {
        lock (_gate)
        {
            if (_pumping)
            {
                _signaled = true;
                return;
            }

            _pumping = true;
        }

        // The thread that brought the answer carries on, instead of waking another one.
        if (pumpHere)
            Execute();
        else
            Engine.Queue(this);
    }

    /// <summary>The last commit is stored.</summary>
    public void TransitionStored(RunTransition transition)
    {
        switch (transition.Status)
        {
            case RunStatus.Completed:
                Log.RunCompleted(Engine.Log, RunId, Definition.Name);
                break;
            case RunStatus.Failed:
                Log.RunFailed(Engine.Log, RunId, Definition.Name, ErrorCodec.Read(transition.Error)!.TypeName);
                break;
            case RunStatus.Quarantined:
                Log.RunQuarantined(Engine.Log, RunId, Definition.Name, ErrorCodec.Read(transition.Error)!.Message);
                break;
        }

        Finish(transition.Status == RunStatus.Pending ? RunEnd.Released : RunEnd.Ended);
        if (transition.Status != RunStatus.Pending)
            Engine.GiveEnd(RunId);
    }

    /// <summary>The pump: runs what was posted, and when the code is idle takes one step ahead, until there is nothing to do.</summary>
    public void Execute()
    {
        Volatile.Write(ref _pumpThread, Environment.CurrentManagedThreadId);
        Volatile.Write(ref _turnStartedAt, Engine.Time.GetTimestamp());
        do
        {
            while (TryTakePost(out var post))
                RunCode(post.Callback, post.State);
        }
        while (Advance() || !TryRest());
    }

    private void Signal()
    {
        lock (_gate)
        {
            if (_pumping)
            {
                _signaled = true;
                return;
            }

            _pumping = true;
        }

        Engine.Queue(this);
    }

    private bool TryRest()
    {
        lock (_gate)
        {
            if (_signaled || (_posts.Count > 0 && !_ending && !_halted))
            {
                _signaled = false;
                return false;
            }

            Volatile.Write(ref _pumpThread, 0);
            Volatile.Write(ref _turnStartedAt, 0);
            _pumping = false;
            return true;
        }
    }

    private bool TryTakePost(out (SendOrPostCallback Callback, object? State) post)
    {
        lock (_gate)
        {
            post = default;
            return !_ending && !_halted && _quarantine is null && _posts.TryDequeue(out post);
        }
    }

    private void RunCode(SendOrPostCallback callback, object? state)
    {
        _stallElapsed = false;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            // Only an async void method of the user's throws here; its workflow cannot go on as if nothing had happened.
            CodeFailed(exception);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    // The code is idle: decides what comes next. True when the code has something to do again.
    private bool Advance()
    {
        lock (_gate)
        {
            // A shutdown may ask before the checkpoints are there.
            if (_ending || _replay is null)
                return false;
        }

        if (_quarantine is null && _codeEnd is not null && _replay.ScopeEnded("") is { } divergence)
            Quarantine(divergence);
        if (_quarantine is { } reason)
            return End(new RunTransition { Status = RunStatus.Quarantined, Error = ErrorCodec.Write(new ErrorInfo { TypeName = "Quarantined", Message = reason }) });
        if (_codeEnd is not null)
            return End(_codeEnd);
        if (_halted)
            return GiveBackIfDrained();
        if (!_replay.IsExhausted)
            return AdvanceReplay();
        StartBodies();
        if (TryTakeStored(out var next))
        {
            Deliver(next.Call, next.Record);
            return true;
        }

        return GiveBackIfDrained();
    }

    private bool AdvanceReplay()
    {
        if (_replay.CanDeliver)
        {
            var record = _replay.Deliver();
            _replayed.Remove(record.StepId, out var call);
            Log.StepReplayed(Engine.Log, RunId, record.StepId, record.Epoch);
            Deliver(call!, record);
            return true;
        }

        if (!Definition.AwaitsOnlyDurableWork)
        {
            // Foreign work may still lead to the call that is due; it may also be waiting for the bodies of new calls.
            StartBodies();
            if (Volatile.Read(ref _running) > 0 || !_outbox.IsIdle)
                return false;
            if (!_stallElapsed)
            {
                StartStallTimer();
                return GiveBackIfDrained();
            }
        }

        if (_replay.StoodStill([.. _replayed.Keys, .. _started, .. _new.Select(call => call.Id)]) is { } divergence)
            Quarantine(divergence);
        _outbox.Clear(_replay.TakeSkipped());
        return true;
    }

    private void Deliver(DurableCall call, CheckpointRecord record)
    {
        UtcNow = record.CompletedAt;
        if (record.Status == CheckpointStatus.Failed)
            _failing.Add(record.Sequence);
        try
        {
            call.Deliver(record);
        }
        catch (PayloadException exception)
        {
            Quarantine(exception.Message);
        }
    }

    private void StartBodies()
    {
        if (_new.Count == 0 || _draining)
            return;
        lock (_gate)
        {
            // A run that is dropped at this moment starts nothing more: its services may be gone.
            if (_ending)
                return;
            _running += _new.Count;
        }

        _outbox.Clear(_replay.TakeSkipped());
        if (!_replay.IsExhausted)
            _started.AddRange(_new.Select(call => call.Id));
        foreach (var call in _new)
            Engine.Queue(call);
        _new.Clear();
    }

    private bool TryTakeStored(out (DurableCall Call, CheckpointRecord Record) next)
    {
        lock (_gate)
            return _stored.TryDequeue(out next);
    }

    private bool GiveBackIfDrained()
        => _draining && Volatile.Read(ref _running) == 0 && _outbox.IsIdle && End(new RunTransition { Status = RunStatus.Pending });

    // Always false: the code has nothing more to do.
    private bool End(RunTransition transition)
    {
        lock (_gate)
        {
            if (_ending)
                return false;
            _ending = true;
        }

        _outbox.Clear(_replay.TakeSkipped());
        _outbox.End(transition);
        return false;
    }

    private void StartStallTimer()
    {
        _stallTimer ??= Engine.Time.CreateTimer(static driver => ((RunDriver)driver!).StallElapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stallTimer.Change(Engine.Options.ReplayStallTimeout, Timeout.InfiniteTimeSpan);
    }

    private void StallElapsed()
    {
        _stallElapsed = true;
        Signal();
    }

    private void BodyGone()
    {
        bool isLast;
        lock (_gate)
            isLast = --_running == 0 && _isOver;
        if (isLast)
            DisposeServices();
        else if (_draining || IsReplaying)
            // What waits for the last body to end (giving the run back, the stall timer) looks again.
            Signal();
    }

    private void Finish(RunEnd end)
    {
        bool isLast;
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
            _posts.Clear();
            isLast = _running == 0;
        }

        CancelBodies();
        _stallTimer?.Dispose();
        _over.TrySetResult(end);
        if (isLast)
            DisposeServices();
    }

    // One scope an incarnation, disposed after the last running body has ended.
    private void DisposeServices() => _ = Engine.Start(async () =>
    {
        try
        {
            await _services.DisposeAsync();
        }
        catch (Exception exception)
        {
            // A service of the user's that fails to be disposed does not change what is stored.
            Log.DisposeFailed(Engine.Log, RunId, exception);
        }
    });
}
