using Durable.Storage;

namespace Durable.Execution;

// Steps on their way to an outcome: the attempts that wait, the beginnings that are stored first, and the suspension of a run that only waits. All of it belongs to the pump.
internal sealed partial class RunDriver
{
    private readonly List<DurableCall> _ready = [];
    private ITimer? _delayTimer;
    private bool _hasFailedAttempt;
    private volatile bool _waitsForBodies;

    // Nothing of the run goes on but waiting, and the code awaits nothing else that could be cut off.
    private bool MayBeSuspended => IsWaiting && !AsksStore && !HasMessageToTake && _new.Count == 0 && Definition.AwaitsOnlyDurableWork;

    /// <summary>A new call of a step, or one whose attempts an earlier pass recorded: what has to happen before its body runs.</summary>
    public void BeginStep(DurableCall call)
    {
        if (call.IsBegun)
        {
            var outcome = call.Interrupted(call.Progress!.Started!);
            LogFailure(call, outcome, outcome.Error!);
            _outbox.AddUnexecuted(call, outcome.IsFinal ? call.Kind : CheckpointKind.StepAttempt, outcome);
        }
        else if (call.Progress?.DueAt is { } dueAt && LeftUntil(dueAt) is var left && left > TimeSpan.Zero)
        {
            Delay(call, left);
        }
        else
        {
            BeginAttempt(call);
        }
    }

    private void BeginAttempt(DurableCall call)
    {
        if (!call.RunsAtMostOnce)
        {
            _ready.Add(call);
            return;
        }

        var now = Engine.Time.GetUtcNow();
        _outbox.AddUnexecuted(call, CheckpointKind.StepStarted, new StepOutcome(CheckpointStatus.Completed, call.Attempt, now, now));
    }

    // What was stored of steps that have no outcome yet.
    private void TakeProgress()
    {
        while (TryTakeProgressed(out var next))
        {
            if (IsOfAbandoned(next.Call, next.Record))
                continue;
            (next.Call.Progress ??= new StepProgress()).Add(next.Record);
            if (Stops(next.Call))
            {
                if (next.Record.Kind == CheckpointKind.StepStarted)
                {
                    _outbox.Clear([next.Record.Sequence]);
                    next.Call.Progress.TakeBack();
                }

                StopLate(next.Call);
                continue;
            }

            if (next.Record.Kind == CheckpointKind.StepStarted)
            {
                // Also while draining: it counts as begun.
                _ready.Add(next.Call);
                continue;
            }

            if (next.Call is WaitCall wait)
            {
                GoOnWaiting(wait, next.Record.Wait);
                continue;
            }

            _hasFailedAttempt = true;
            Delay(next.Call, next.Record.Wait!.Value);
        }

        StartReady();
    }

    // The beginnings that are stored and whose bodies this incarnation does not come to: the next one must not take them for interrupted.
    private List<long> Unbegun()
    {
        var unbegun = _ready.Where(call => call.RunsAtMostOnce).Select(call => call.Progress!.Started!.Sequence).ToList();
        while (TryTakeProgressed(out var next))
        {
            if (next.Record.Kind == CheckpointKind.StepStarted)
                unbegun.Add(next.Record.Sequence);
        }

        unbegun.AddRange(Queued());
        return unbegun;
    }

    private bool TryTakeProgressed(out (DurableCall Call, CheckpointRecord Record) next)
    {
        lock (_gate)
            return _progressed.TryDequeue(out next);
    }

    private void Delay(DurableCall call, TimeSpan delay) => Timers.Set(call, After(delay));

    private TimeSpan? WaitBeforeNextAttempt(Exception exception)
    {
        try
        {
            var chance = new DeterministicRandom($"{RunId.Length}:{RunId}/!{Attempt}").NextDouble();
            return Engine.Policies.Of(Definition)?.DelayAfter(new RetryAttempt(exception, Attempt, TimeSpan.Zero), chance);
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            // User code, as for steps.
            Log.RetryPolicyFailed(Engine.Log, RunId, StepId.Run, refusal.GetType().FullName!);
            return null;
        }
    }

    private bool SuspendIfWaiting()
    {
        if (_draining || !IsWaiting || AsksStore || _new.Count > 0 || LeftUntilAnything() <= Engine.Options.MaxInMemoryDelay)
            return false;
        // Set before the bodies are counted: the last one to end looks here.
        _waitsForBodies = true;
        if (Volatile.Read(ref _running) > 0 || !_outbox.IsIdle || HasStored())
            return false;
        return (Definition.AwaitsOnlyDurableWork || HasStoodStill(Engine.Options.QuietPeriod)) && End(Suspension());
    }

    // Asked after the outbox, which hands over what it has stored before it is idle: something may have been stored since the pump looked last.
    private bool HasStored()
    {
        lock (_gate)
            return _stored.Count > 0 || _progressed.Count > 0;
    }

    private RunTransition Suspension() => new()
    {
        Status = RunStatus.Suspended,
        Wait = LeftUntilAnything(),
        AwaitsMessagesAfter = _inbox is { Listening: > 0 } inbox ? inbox.LastKnown : null,
    };

    // A run that has taken as long as it may is woken for that.
    private TimeSpan? LeftUntilAnything()
    {
        var left = _timers?.TryPeek(out _, out var due) == true ? due - HeldFor : (TimeSpan?)null;
        if (LeftOfRun() is { } ofRun && !KnowsCancellation && (left is null || ofRun < left))
            left = ofRun;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    // Timers reach 49 days; one that comes too early is set again.
    private void WakeAfter(TimeSpan left)
    {
        _delayTimer ??= Engine.Time.CreateTimer(static driver => ((RunDriver)driver!).Signal(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _delayTimer.Change(TimerSpan(left), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan TimerSpan(TimeSpan left) => left < s_shortestWait ? s_shortestWait : left > RetryPolicy.LongestAttempt ? RetryPolicy.LongestAttempt : left;
}
