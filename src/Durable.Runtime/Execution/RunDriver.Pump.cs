using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

// The pump: what happens when.
internal sealed partial class RunDriver
{
    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posts = new();
    private readonly Queue<(DurableCall Call, CheckpointRecord Record)> _stored = new();
    private readonly Queue<(DurableCall Call, CheckpointRecord Record)> _progressed = new();
    private bool _pumping;
    private bool _signaled;
    private int _pumpThread;
    private int _delivered;
    private long _lastStored;
    private long _turnStartedAt;

    /// <summary>When the current turn of workflow code started, as a timestamp; 0 between turns.</summary>
    public long TurnStartedAt => Volatile.Read(ref _turnStartedAt);

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

        if (isLate && _endsAs == RunStatus.Suspended)
            ForeignWorkCutOff();
        else if (isLate)
            Log.LateContinuation(Engine.Log, RunId, Epoch);
        else if (isForeign)
            Signal();
    }

    /// <summary>Completions are stored: they are delivered in the order in which this is called.</summary>
    public void Stored(List<(DurableCall? Call, CheckpointRecord Record)> completions)
    {
        lock (_gate)
        {
            if (completions.Count > 0)
                _lastStored = completions[^1].Record.Sequence;
            foreach (var (call, record) in completions)
            {
                if (call is not null)
                    (record.Kind is CheckpointKind.StepStarted or CheckpointKind.StepAttempt or CheckpointKind.WaitStarted ? _progressed : _stored).Enqueue((call, record));
            }
        }

        TellFirstOutcome(completions);
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

    /// <summary>The pump: runs what was posted, and when the code is idle takes one step ahead, until there is nothing to do.</summary>
    public void Execute()
    {
        Volatile.Write(ref _pumpThread, Environment.CurrentManagedThreadId);
        while (true)
        {
            while (TryTakePost(out var post))
                RunCode(post.Callback, post.State);
            var goesOn = Advance();
            // Taken while the pump is still ours: once it rests, another thread may use it.
            var kept = _kept;
            _kept = null;
            if (!goesOn && TryRest())
            {
                kept?.ExecuteHere();
                return;
            }

            if (kept is not null)
                Engine.Queue(kept);
        }
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
            _pumping = false;
        }

        DisposeUnusedServices();
        return true;
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
        _stoodStillSince = null;
        Volatile.Write(ref _turnStartedAt, Engine.Time.GetTimestamp());
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
            Volatile.Write(ref _turnStartedAt, 0);
        }
    }

    // The code is idle: decides what comes next. True when the code has something to do again.
    private bool Advance()
    {
        bool hasProgress;
        lock (_gate)
        {
            // A shutdown may ask before the checkpoints are there.
            if (_ending || _replay is null)
                return false;
            hasProgress = _progressed.Count > 0;
        }

        // Asked first: what code outside of the run's context makes of the cancellation of its token is neither an end nor a divergence.
        if (_halted)
            return GiveBackIfDrained();
        if (_ended.Count > 0)
            JudgeEndedScopes();
        var end = EndOfCode();
        if (_quarantine is null && end is not null && _replay.ScopeEnded("") is { } divergence)
            Quarantine(divergence);
        if (_quarantine is { } reason)
            return End(new RunTransition { Status = RunStatus.Quarantined, Error = StoredError.Write(new ErrorInfo { TypeName = "Quarantined", Message = reason }) });
        if (end is not null)
            return End(end);
        if (_toUndo is { } ended)
            BeginUndoing(ended);
        if (CompensatesNow())
            return true;
        if (hasProgress)
            TakeProgress();
        if (!_replay.IsExhausted)
            return AdvanceReplay();
        StopIfRequested();
        StartBodies();
        ServeWaits();
        if (IsDueForReplay())
            return Unload();
        if (TryTakeStored(out var next))
        {
            _delivered++;
            if (next.Record.Kind == CheckpointKind.RunCanceled)
                TellCode(next.Record);
            else
                Deliver(next.Call, next.Record);
            return true;
        }

        return GiveBackIfDrained() || SuspendIfWaiting();
    }

    private void JudgeEndedScopes()
    {
        for (var i = _ended.Count - 1; i >= 0; i--)
        {
            // One in which a call was made meanwhile comes back when that is through.
            if (_ended[i].TryClose() && _replay.ScopeEnded(_ended[i].Path) is { } divergence)
                Quarantine(divergence);
        }

        _ended.Clear();
    }

    // The calls that the code waits for, while it replays.
    private List<string> Waiting() => [.. _replayed.Keys, .. _started, .. _new.Where(call => !call.IsAbandoned).Select(call => call.Id)];

    private bool AdvanceReplay()
    {
        if (_replay.CanDeliver)
        {
            var record = _replay.Deliver();
            if (record.Kind == CheckpointKind.RunCanceled)
            {
                TellCode(record);
                return true;
            }

            _replayed.Remove(record.StepId, out var call);
            Log.StepReplayed(Engine.Log, RunId, record.StepId, record.Epoch);
            Deliver(call!, record);
            return true;
        }

        if (!Definition.AwaitsOnlyDurableWork || _executesByHand)
        {
            // Foreign work, or what the code executes by hand, may still lead to the call that is due; it may also be waiting for the bodies of new calls.
            StartBodies();
            ServeWaits();
            if (Volatile.Read(ref _running) > 0 || !_outbox.IsIdle || IsWaiting || AsksStore)
            {
                _stoodStillSince = null;
                return GiveBackIfDrained();
            }

            if (!HasStoodStill(Engine.Options.ReplayStallTimeout))
                return GiveBackIfDrained();
        }

        if (_replay.StoodStill(Waiting()) is { } divergence)
            Quarantine(divergence);
        return true;
    }

    private void Deliver(DurableCall call, CheckpointRecord record)
    {
        UtcNow = record.CompletedAt;
        call.Scope.Delivered(call);
        if (record.Kind == CheckpointKind.CompensationStarted)
            Undo(record);
        else if (IsFailure(call, record))
            _failing.Add((call.Scope, _moves, [.. call.FailingSequences(record)]));
        try
        {
            call.Deliver(record);
        }
        catch (PayloadException exception)
        {
            QuarantineUnreadable(exception);
        }
    }

    private static bool IsFailure(DurableCall call, CheckpointRecord record)
        => call.IsFailure(record) && !IsDecided(record);

    // An operator's word stays until an operator says otherwise.
    private static bool IsDecided(CheckpointRecord record) => StoredError.Show(record.Error)?.TypeName == typeof(FailedByOperatorException).FullName;

    private void StartBodies()
    {
        if (_new.Count == 0 || _draining)
            return;
        lock (_gate)
        {
            // A run that is dropped at this moment starts nothing more.
            if (_ending)
                return;
        }

        _outbox.Clear(_replay.TakeReplaced());
        // Of a run that is being stopped, what has not begun waits for the code to be told.
        List<DurableCall>? waiting = null;
        foreach (var call in _new)
        {
            if (call.IsAbandoned)
                continue;
            if (Stops(call) && !call.IsBegun)
            {
                (waiting ??= []).Add(call);
                continue;
            }

            if (!_replay.IsExhausted)
                _started.Add(call.Id);
            call.Begin();
        }

        _new.Clear();
        if (waiting is not null)
            _new.AddRange(waiting);
        StartReady();
    }

    private void StartReady()
    {
        if (_ready.Count == 0)
            return;
        lock (_gate)
        {
            // A run that is dropped at this moment starts nothing more: its services may be gone.
            if (_ending)
                return;
            _running += _ready.Count;
            _executing += _ready.Count;
            foreach (var call in _ready)
            {
                if (call.Branch is { } branch)
                    branch.HasBody = true;
                if (call.RunsAtMostOnce)
                    (_queued ??= []).Add(call);
            }
        }

        // One is kept for this thread, which has nothing else to do once the pump rests: a sequential workflow then wakes no other thread for its steps.
        if (Engine.MayExecuteHere && _kept is null)
        {
            _kept = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        foreach (var call in _ready)
            Engine.Queue(call);
        _ready.Clear();
    }

    // A completion waits for delivery and nothing else goes on: the next pass reads it from the store, like those before it.
    private bool IsDueForReplay()
    {
        if (Engine.ForcedReplay is not { } mode || _draining || _delivered + 1 < mode.EverySteps)
            return false;
        lock (_gate)
        {
            if ((_stored.Count == 0 && !_hasFailedAttempt) || _executing > 0)
                return false;
        }

        // Asked after the bodies: the outcome of one that has just ended is in here, or stored.
        if (!_outbox.IsEmpty)
            return false;
        // A beginning that was stored meanwhile belongs to a body of this pass.
        lock (_gate)
            return _progressed.Count == 0;
    }

    private bool TryTakeStored(out (DurableCall Call, CheckpointRecord Record) next)
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_stored.TryDequeue(out next))
                    return false;
            }

            if (!next.Call.IsAbandoned)
                return true;
            Miss(next.Call, next.Record);
        }
    }

    // By the clock, not by the timer: one that fires late must not count for the next standstill.
    private bool HasStoodStill(TimeSpan forLong)
    {
        var now = Engine.Time.GetTimestamp();
        var left = forLong - Engine.Time.GetElapsedTime(_stoodStillSince ??= now, now);
        if (left <= TimeSpan.Zero)
            return true;
        _stallTimer ??= Engine.Time.CreateTimer(static driver => ((RunDriver)driver!).Signal(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Timers count whole milliseconds: one that comes a fraction too early is set again, not spun for.
        _stallTimer.Change(left > s_shortestWait ? left : s_shortestWait, Timeout.InfiniteTimeSpan);
        return false;
    }
}
