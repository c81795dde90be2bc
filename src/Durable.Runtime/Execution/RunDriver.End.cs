using Durable.Serialization;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Execution;

// The end of an incarnation: who may bring it about, what is still written, and when its services are let go.
internal sealed partial class RunDriver
{
    private readonly TaskCompletionSource<RunEnd> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _held = new();
    private readonly CancellationTokenSource _bodies = new();
    private readonly AsyncServiceScope _services;
    private bool _ending;
    private bool _isOver;
    private bool _servicesDisposed;
    private volatile bool _draining;
    private volatile bool _halted;
    private string? _quarantine;
    private string? _quarantineLine;
    private int _running;
    private int _executing;
    private int _outliving;

    /// <summary>Canceled when the hold on the run is given up: nothing may be written any more.</summary>
    public CancellationToken Held => _held.Token;

    /// <summary>Canceled when this incarnation is over, whichever way: what step bodies and foreign work of the workflow listen to.</summary>
    public CancellationToken BodyToken => _bodies.Token;

    /// <summary>True once this incarnation stores no further outcome, or is about to.</summary>
    public bool IsGivenUp
    {
        get
        {
            lock (_gate)
                return _ending || _halted;
        }
    }

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
            Cancel(_bodies);
            Cancel(_stoppable);
            Cancel(_code);
            return Task.CompletedTask;
        });
    }

    /// <summary>Cancels a token that user code may have registered callbacks on; they are not ours to fail on.</summary>
    public void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.CancellationCallbackFailed(Engine.Log, RunId, exception.InnerExceptions[0].GetType().FullName!);
        }
    }

    /// <summary>Gives up the run without writing: it goes on elsewhere.</summary>
    public void Drop(string reason)
    {
        if (!StopWriting())
            return;
        Log.RunDropped(Engine.Log, RunId, Epoch, reason);
        LetGo();
    }

    /// <summary>Gives up the run without writing: an operator ended it, and that is stored.</summary>
    public void Terminated()
    {
        if (!StopWriting())
            return;
        Log.IncarnationTerminated(Engine.Log, RunId, Epoch);
        LetGo();
    }

    /// <summary>Sets the run aside. May be called from anywhere.</summary>
    /// <param name="reason">Why, for the run's error.</param>
    /// <param name="logged">Why, for the log, where the reason holds what user code says; null for the same.</param>
    public void Quarantine(string reason, string? logged = null)
    {
        lock (_gate)
        {
            if (_quarantine is null)
                (_quarantine, _quarantineLine) = (reason, logged is null ? reason : $"{logged}; the run's error says why");
        }

        Signal();
    }

    /// <summary>The body of a call has ended with an outcome.</summary>
    public void BodyEnded(DurableCall call, in StepOutcome outcome)
    {
        if (EndsLate(call))
            return;
        Log.StepExecuted(Engine.Log, RunId, call.Id, outcome.Error is null);
        if (outcome.Error is { } error)
            LogFailure(call, outcome, error);
        if (!outcome.IsFinal && _outbox.LastSequence - _run.Dropped - Volatile.Read(ref _dropped) >= DurableLimits.MaxCheckpointsPerRun)
            Quarantine(TooManyCheckpoints);
        bool isLate;
        lock (_gate)
            isLate = _ending;
        if (isLate)
            Log.LateOutcome(Engine.Log, RunId, call.Id);
        else
            _outbox.Add(call, outcome);
        BodyGone();
    }

    /// <summary>A body goes on although its attempt is over. It keeps the services of this incarnation; nobody listens to it any more.</summary>
    public void BodyOutlivesAttempt(DurableCall call, Task body)
    {
        Log.BodyOutlivesAttempt(Engine.Log, RunId, call.Id, call.Attempt);
        lock (_gate)
            _outliving++;
        _ = Engine.Start(async () =>
        {
            try
            {
                await body;
            }
            catch (Exception)
            {
                // Its attempt has failed already.
            }

            lock (_gate)
                _outliving--;
            DisposeUnusedServices();
        });
    }

    /// <summary>The outcome of a body is among those that wait to be written.</summary>
    public void OutcomeTaken()
    {
        lock (_gate)
            _executing--;
    }

    /// <summary>The body of a call was to start and must not any more. Where its beginning is stored, that is taken back if this incarnation still writes.</summary>
    public void BodyRefused(DurableCall call)
    {
        if (call is { RunsAtMostOnce: true, Progress.Started: { } started })
            _outbox.Clear([started.Sequence]);
        BodyAbandoned(call);
    }

    /// <summary>The body of a call has ended because its token was canceled; that is no outcome.</summary>
    public void BodyAbandoned(DurableCall call)
    {
        if (EndsLate(call))
            return;
        Log.StepAbandoned(Engine.Log, RunId, call.Id);
        lock (_gate)
            _executing--;
        BodyGone();
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
                Log.RunFailed(Engine.Log, RunId, Definition.Name, StoredError.Read(transition.Error)!.TypeNames);
                break;
            case RunStatus.Canceled:
                Log.RunCanceled(Engine.Log, RunId, Definition.Name);
                break;
            case RunStatus.Suspended:
                if (transition.Wait is { } time)
                    Log.RunSuspended(Engine.Log, RunId, Definition.Name, time);
                else
                    Log.RunAwaitsMessage(Engine.Log, RunId, Definition.Name);
                break;
            case RunStatus.Quarantined:
                Log.RunQuarantined(Engine.Log, RunId, Definition.Name, _quarantineLine!);
                break;
        }

        var goesOn = transition.Status is RunStatus.Pending or RunStatus.Suspended;
        Finish(goesOn ? RunEnd.Released : RunEnd.Ended);
        if (!goesOn)
        {
            Engine.GiveEnd(RunId);
            if (_run.Parent is { } parent)
                Engine.Signals.MessageSent(parent.RunId);
        }
        else if (transition.AwaitsMessagesAfter is not null && _mayHaveMessages)
            // One that came too late to be looked for: the store may have released the run for it.
            Engine.Signals.Accepted();
        else if (transition.Wait is { } wait)
            Engine.Signals.Suspended(wait);
        else if (transition.Continuation is not null || KnowsCancellation && !_draining)
            // It was let go of to go on at once, or to be told: by whoever takes it.
            Engine.Signals.Accepted();
    }

    private void QuarantineUnreadable(PayloadException exception)
        => Quarantine($"{exception.Message}\n  To go on: {exception.Remedy}, then call ResumeAsync().", exception.Place);

    // False when the incarnation is over already.
    private bool StopWriting()
    {
        lock (_gate)
        {
            if (_isOver)
                return false;
            _ending = true;
            return true;
        }
    }

    private void LetGo()
    {
        _held.Cancel();
        Finish(RunEnd.Lost);
    }

    private bool GiveBackIfDrained()
        => MayGiveBack() && End(Release());

    // Where bodies were cut off there is more to do than to wait.
    private RunTransition Release() => _putOff is { } wait
        ? new RunTransition { Status = RunStatus.Suspended, Wait = wait }
        : MayBeSuspended && !_halted && !HasStored() ? Suspension() : new RunTransition { Status = RunStatus.Pending };

    private void LogFailure(DurableCall call, in StepOutcome outcome, ErrorInfo error)
    {
        if (outcome.Wait is { } wait)
            Log.AttemptFailed(Engine.Log, RunId, call.Id, outcome.Attempt, error.TypeNames, wait);
        else
            Log.StepFailed(Engine.Log, RunId, call.Id, error.TypeNames);
    }

    // Always false: the code goes no further in this pass.
    private bool Unload()
    {
        lock (_gate)
        {
            if (_ending)
                return false;
            _ending = true;
        }

        Engine.ForcedReplay!.Unloaded();
        Finish(RunEnd.Unloaded);
        return false;
    }

    // Always false: the code has nothing more to do.
    private bool End(RunTransition transition)
    {
        lock (_gate)
        {
            if (_ending)
                return false;
            (_ending, _endsAs) = (true, transition.Status);
        }

        _outbox.Close();
        _outbox.Clear(Unbegun());
        // Only a run that is complete without them gives up recorded outcomes: one that failed may ask for them in its next attempt.
        _outbox.End(transition, transition.Status == RunStatus.Completed ? _replay.NeverRequested() : [], IsDecidedKnowingly(transition));
        return false;
    }

    private void BodyGone()
    {
        lock (_gate)
            _running--;
        DisposeUnusedServices();
        // What waits for the last body to end (giving the run back, the stall timer) looks again.
        if (_draining || _waitsForBodies || IsReplaying)
            Signal();
    }

    private void Finish(RunEnd end)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
            _posts.Clear();
        }

        CancelBodies();
        _stallTimer?.Dispose();
        _delayTimer?.Dispose();
        _deadlineTimer?.Dispose();
        _over.TrySetResult(end);
        DisposeUnusedServices();
    }

    // One scope an incarnation, disposed when it is over and neither a body nor a turn of the code uses it any more.
    private void DisposeUnusedServices()
    {
        lock (_gate)
        {
            if (!_isOver || _running > 0 || _outliving > 0 || _pumping || _servicesDisposed)
                return;
            _servicesDisposed = true;
        }

        _ = Engine.Start(async () =>
        {
            try
            {
                await _services.DisposeAsync();
            }
            catch (Exception exception)
            {
                // A service of the user's that fails to be disposed does not change what is stored.
                Log.DisposeFailed(Engine.Log, RunId, exception.GetType().FullName!);
            }
        });
    }
}
