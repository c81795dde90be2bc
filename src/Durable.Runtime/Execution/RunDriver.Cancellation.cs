using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

// A run that is to be canceled: how the engine learns of it, and when the code is told. That is a checkpoint like any other, so that on replay the code is told at the same point.
internal sealed partial class RunDriver
{
    private readonly CancellationTokenSource _stoppable = new();
    private readonly CancellationTokenSource _code = new();
    private volatile ErrorInfo? _cancellation;
    private volatile bool _stopping;
    private ErrorInfo? _stopped;
    private bool _failedKnowingly;
    private ITimer? _deadlineTimer;

    /// <summary>True once this pass knows that the run is to be canceled, also before the code does.</summary>
    public bool KnowsCancellation => _cancellation is not null;

    /// <summary>What step bodies listen to, but for those that are shielded: canceled when the run is being canceled, and when <see cref="BodyToken"/> is.</summary>
    public CancellationToken StoppableToken => _stoppable.Token;

    /// <summary>What workflow code listens to: canceled when it is told that the run is canceled, and when <see cref="BodyToken"/> is.</summary>
    public CancellationToken CodeToken => _code.Token;

    private ReadOnlyMemory<byte> StoredCancellation => _cancellation is { } error ? StoredError.Write(error) : default;

    /// <summary>True when nothing of this call is begun any more, and its body's token is canceled.</summary>
    public bool Stops(DurableCall call) => _stopping && !call.IsShielded;

    /// <summary>What the code gets from each durable call once it was told.</summary>
    public RunCanceledException CanceledException() => new(RunId, _stopped?.Message);

    /// <summary>Somebody in this process, or the store at the last renewal, says that the run is to be canceled.</summary>
    public void CancelRequested()
    {
        if (!KnowsCancellation)
            _ = Engine.Start(LearnCancellationAsync);
    }

    /// <summary>Reads why the run is to be canceled, and acts on it.</summary>
    public async Task LearnCancellationAsync()
    {
        while (!KnowsCancellation)
        {
            try
            {
                if (await Engine.Store.FindRunAsync(RunId, Held) is not { Cancellation.IsEmpty: false } run)
                    return;
                _cancellation ??= StoredError.Show(run.Cancellation);
            }
            catch (OperationCanceledException) when (Held.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException exception)
            {
                Log.StoreUnavailable(Engine.Log, exception);
                await Engine.Delay(Engine.Options.PollInterval, Held);
            }
        }

        Signal();
    }

    // What is decided without knowing of a cancellation that was accepted by then is refused by the store, and decided anew.
    private bool IsDecidedKnowingly(RunTransition end) => end.Status switch
    {
        RunStatus.Completed => false,
        RunStatus.Failed => _failedKnowingly || _stopping,
        RunStatus.Suspended => _stopping,
        _ => true,
    };

    private RunTransition Canceled() => new() { Status = RunStatus.Canceled, Error = StoredError.Write(_stopped ?? _cancellation!), FailingSet = FailingSet() };

    // A canceled run has not ended while a body is under way that its code did not wait for, or a shield: what comes of it is kept, and what its branch registers is undone.
    private RunTransition? EndOfCode()
    {
        if (_codeEnd is not { Status: RunStatus.Canceled } end)
            return _codeEnd;
        if (Root.HasCallsUnderWay)
            return null;
        if (_isUndone)
            return end;
        if (_compensations.Count == 0)
            return end with { FailingSet = FailingSet(), IsFinal = _isFinal };
        (_codeEnd, _toUndo) = (null, end);
        return null;
    }

    // The code is idle and waits for what has no record: this is where it is told, once that is stored.
    private void StopIfRequested()
    {
        if (_stopping || _cancellation is not { } error)
            return;
        Log.CancellationBegins(Engine.Log, RunId, Definition.Name);
        _outbox.AddUnexecuted(new RunMark(this, CheckpointKind.RunCanceled), CheckpointKind.RunCanceled, Stopped(error));
        StopBodies();
    }

    private StepOutcome Stopped(ErrorInfo reason)
    {
        var now = Engine.Time.GetUtcNow();
        return new StepOutcome(CheckpointStatus.Canceled, Attempt, now, now) { Error = reason };
    }

    // Behind the checkpoint that says so in the order of what is written: no outcome that comes of it is before it.
    private void StopBodies()
    {
        _stopping = true;
        _new.AddRange(StopAllWaiting(Stops));
        _ = Engine.Start(() =>
        {
            Cancel(_stoppable);
            return Task.CompletedTask;
        });
    }

    private void TellCode(CheckpointRecord record)
    {
        UtcNow = record.CompletedAt;
        StopCode(StoredError.Read(record.Error)!);
    }

    // From here on no durable call of the code is made, but for those that are shielded. What waits for a body to begin ends now; what has a body is waited for.
    private void StopCode(ErrorInfo reason)
    {
        if (_stopped is not null)
            return;
        if (!_stopping)
            StopBodies();
        _stopped = reason;
        var unbegun = _new.FindAll(call => Stops(call) && !call.IsBegun && !call.IsAbandoned);
        _new.RemoveAll(call => Stops(call) && !call.IsBegun);
        foreach (var call in unbegun)
        {
            call.Scope.Delivered(call);
            call.Cancel(CanceledException());
        }

        // A turn of the code: what it registered on its token runs as its code does.
        RunCode(static driver => ((RunDriver)driver!).Cancel(((RunDriver)driver)._code), this);
    }

    // A call whose attempt was being begun, or had just failed, when the run was stopped. Before the code is told it ends with all others; after that its end is recorded, so that it comes at the same point on replay.
    private void StopLate(DurableCall call)
    {
        if (_stopped is null)
            _new.Add(call);
        else
            _outbox.AddUnexecuted(call, call.Kind, Stopped(_stopped) with { Attempt = call.Attempt });
    }

    private bool IsRefused(DurableCall call) => _stopped is not null && !call.IsShielded;

    // No durable call completes synchronously, this one neither.
    private async Task<TResult> RefuseAsync<TResult>()
    {
        await Task.Yield();
        throw CanceledException();
    }

    // One that has passed by now is noticed before the code starts.
    private Task KeepDeadlineAsync()
    {
        if (LeftOfRun() is not { } left || KnowsCancellation)
            return Task.CompletedTask;
        if (left == TimeSpan.Zero)
            return PassDeadlineAsync();
        SetDeadlineTimer(left);
        return Task.CompletedTask;
    }

    private void SetDeadlineTimer(TimeSpan left)
    {
        _deadlineTimer ??= Engine.Time.CreateTimer(static driver => ((RunDriver)driver!).DeadlineReached(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _deadlineTimer.Change(TimerSpan(left), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan? LeftOfRun() => _run.Deadline is { } deadline ? LeftUntil(deadline) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero : null;

    // Timers reach 49 days; one that comes too early is set again.
    private void DeadlineReached()
    {
        if (LeftOfRun() is { } left && left > TimeSpan.Zero)
            SetDeadlineTimer(left);
        else
            _ = Engine.Start(PassDeadlineAsync);
    }

    private async Task PassDeadlineAsync()
    {
        while (!KnowsCancellation && !Held.IsCancellationRequested)
        {
            try
            {
                var error = StoredError.Cancellation($"The run took longer than its timeout; its deadline was {_run.Deadline:O}.");
                await Engine.Store.CancelRunAsync(new CancelRequest(RunId, error), Held);
                await LearnCancellationAsync();
                return;
            }
            catch (OperationCanceledException) when (Held.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException exception)
            {
                Log.StoreUnavailable(Engine.Log, exception);
                await Engine.Delay(Engine.Options.PollInterval, Held);
            }
        }
    }
}
