using Durable.Storage;

namespace Durable.Execution;

// What the code waits for without a body: times, messages, other runs. All of it belongs to the pump, but for what asks the store.
internal sealed partial class RunDriver
{
    private readonly Queue<(IReadOnlyList<InboxMessage> Messages, IReadOnlyList<(WaitCall Wait, RequestRecord? Request)> Expiring)> _looked = new();
    private readonly Queue<(WaitCall Wait, InboxMessage? Message, StepOutcome? Outcome)> _asked = new();
    private RunStatus? _endsAs;
    private HashSet<string>? _published;
    private CallTimers? _timers;
    private RunInbox? _inbox;
    private volatile bool _mayHaveMessages;
    private long _lastHeardOf;
    private bool _looking;
    private int _asking;

    /// <summary>What this pass has to write.</summary>
    public RunOutbox Outbox => _outbox;

    // Nothing of the run goes on but waiting.
    private bool IsWaiting => _timers is { Count: > 0 } || _inbox is { Listening: > 0 };

    // One that a run which is given back no longer takes: the store, which is told that it is known, would wake nobody for it.
    private bool HasMessageToTake => _inbox?.TryMatch(out _, out _) == true;

    private bool AsksStore => _looking || _asking > 0;

    // How long the run has been held: what times are counted by here, since a clock may be set.
    private TimeSpan HeldFor => Engine.Time.GetElapsedTime(_claimedAt);

    private CallTimers Timers => _timers ??= new CallTimers();

    private RunInbox Inbox => _inbox ??= new RunInbox();

    /// <summary>A durable call without a body. Called by workflow code, on the run's context.</summary>
    /// <param name="scope">The scope that it is made in.</param>
    /// <param name="name">Its name.</param>
    /// <param name="key">Its key, or null.</param>
    /// <param name="what">What it is, for messages: "signal 'Approved'".</param>
    /// <param name="make">Makes the call.</param>
    public Task<TResult> CallAsync<TCall, TResult>(RunScope scope, string name, string? key, string what, Func<CallPlace, TCall> make)
        where TCall : BodilessCall, IPromise<TResult>
    {
        if (NestedIn() is { } outer)
            return Task.FromException<TResult>(new NestedStepException(name, outer));
        if (!CheckOnContext(what))
            return Never<TResult>();
        if (OpenGuard is { } open && Definition.IsSequential)
            return Task.FromException<TResult>(Guarded(open, name));
        if (scope.IsClosed || IsLate(scope))
            return Task.FromException<TResult>(Closed(scope, what));
        var (id, text) = scope.Next(name, key);
        if (Unusable(id, text) is { } problem)
            return Task.FromException<TResult>(problem);
        var pending = make(new CallPlace(scope, text, IsShielded(scope)));
        return TryMake(pending, id, []) ? pending.Task : RefuseAsync<TResult>();
    }

    /// <summary>What the run says of itself from now on. Called by workflow code, on the run's context.</summary>
    public void Say(string? text, double? fraction)
    {
        if (text?.Length > DurableLimits.MaxStatusTextLength)
            throw new ArgumentException($"The text has {text.Length} characters; the limit is {DurableLimits.MaxStatusTextLength} (DurableLimits.MaxStatusTextLength).", nameof(text));
        if (text is not null)
            StoredText.Check(text, "status text");
        if (fraction is < 0 or > 1 or double.NaN)
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "How much is done is told from 0 to 1.");
        // It was said when the code came here first; what it said later may be stored by now.
        if (CheckOnContext("SetStatus") && !IsReplaying)
            _outbox.Ride(new RunEffects { Progress = new RunProgress(text, fraction) });
    }

    /// <summary>Refuses a key beyond as many as a run may publish under. Counted as the code asks, which a replay repeats.</summary>
    /// <exception cref="ArgumentException">It is one too many.</exception>
    public void CheckPublished(string key)
    {
        // A call that is made elsewhere is refused as that.
        if (!ReferenceEquals(SynchronizationContext.Current, _context))
            return;
        _published ??= new HashSet<string>(StringComparer.Ordinal);
        if (_published.Count >= DurableLimits.MaxPublishedKeys && !_published.Contains(key))
            throw new ArgumentException($"Run '{RunId}' publishes under {DurableLimits.MaxPublishedKeys} keys, the limit (DurableLimits.MaxPublishedKeys). Publish again under one of them, or append to a stream.", nameof(key));
        _published.Add(key);
    }

    /// <summary>What a commit did besides is stored.</summary>
    public void TookEffect(RunEffects effects)
    {
        if (effects.Children.Count > 0)
            Engine.Signals.Accepted();
        if (effects.Published.Count > 0 || effects.Appended.Count > 0)
            Engine.GiveChange(RunId);
    }

    // What the code waited for besides has come to its end although nobody waits any more.
    private void ForeignWorkCutOff()
    {
        Log.ForeignWorkCutOff(Engine.Log, RunId, Definition.Name);
        DurableMetrics.ForeignWorkCutOff.Add(1, new KeyValuePair<string, object?>("durable.workflow", Definition.Name));
        Engine.CutOff?.Invoke(RunId);
    }

    /// <summary>How many starts of a child by this call were cleared by further attempts of the run.</summary>
    public int ClearedStartsOf(string id) => _replay.ClearedStartsOf(id);

    /// <summary>Somebody says that there may be messages for the run.</summary>
    /// <param name="last">The last one's position; null where that is not known.</param>
    public void MessagesArrived(long? last)
    {
        if (last <= Volatile.Read(ref _lastHeardOf))
            return;
        if (last is { } position)
            Volatile.Write(ref _lastHeardOf, position);
        _mayHaveMessages = true;
        Signal();
    }

    /// <summary>A wait begins, or goes on from what an earlier pass stored of it.</summary>
    public void BeginWait(WaitCall wait)
    {
        if (wait.Progress?.Wait is { } started)
        {
            GoOnWaiting(wait, started.DueAt is { } due ? LeftUntil(due) : null);
        }
        else if (wait.Opening() is var (note, effects))
        {
            _outbox.AddUnexecuted(wait, CheckpointKind.WaitStarted, note, effects);
        }
        else
        {
            GoOnWaiting(wait, left: null);
        }
    }

    /// <summary>How long until an instant of the store's clock; negative where it has passed.</summary>
    // The store's clock stood at ClaimedAt before the claim was answered: it is not earlier by now than this says, so nothing begins too early.
    public TimeSpan LeftUntil(DateTimeOffset dueAt) => dueAt - (_run.ClaimedAt ?? Engine.Time.GetUtcNow()) - HeldFor;

    private void GoOnWaiting(WaitCall wait, TimeSpan? left)
    {
        if (wait.Awaits is not null)
        {
            Inbox.Listen(wait);
            if (wait.AsksFirst)
                Ask(wait, message: null);
        }

        if (left is { } time)
            Timers.Set(wait, After(time));
    }

    private TimeSpan After(TimeSpan left) => HeldFor is var now && left < TimeSpan.MaxValue - now ? now + left : TimeSpan.MaxValue;

    // What a message or the clock has settled becomes an outcome: in the order in which it came, as far as that is known.
    private void ServeWaits()
    {
        TakeAnswers();
        if (_draining || !IsWaiting)
            return;
        if (_inbox is { Listening: > 0 } && _mayHaveMessages)
            Look(expiring: null);
        while (true)
        {
            DurableCall? timed = null;
            TimeSpan due = default;
            var isDue = _timers?.TryPeek(out timed, out due) == true && due <= HeldFor;
            if (_inbox is not null && _inbox.TryMatch(out var wait, out var message) && (!isDue || SentAt(message) <= due))
            {
                _inbox.Take(wait);
                Ask(wait, message);
            }
            else if (!isDue)
            {
                break;
            }
            else if (timed is WaitCall { MayExpire: false } listening && _inbox?.Listens(listening) == true)
            {
                // A message that was accepted in time may not be known here yet.
                Look(listening);
                break;
            }
            else
            {
                Timers.Remove(timed!);
                if (timed is WaitCall over)
                    Settle(over, over.Expired(Engine.Time.GetUtcNow()), over.ExpiredEffects);
                else
                    BeginAttempt(timed!);
            }
        }

        StartReady();
        if (_timers?.TryPeek(out _, out var next) == true && !_looking)
            WakeAfter(next - HeldFor);
    }

    // On the scale of the timers; both are by the store's clock.
    private TimeSpan SentAt(InboxMessage message) => message.SentAt - (_run.ClaimedAt ?? message.SentAt);

    private void Settle(WaitCall wait, in StepOutcome outcome, RunEffects? effects)
    {
        wait.IsSettled = true;
        StopWaiting(wait);
        _outbox.AddUnexecuted(wait, wait.Kind, outcome, effects);
    }

    // True where it was waiting.
    private bool StopWaiting(DurableCall call)
    {
        var isTimed = _timers?.Remove(call) == true;
        return call is WaitCall wait && _inbox?.Leave(wait) == true || isTimed;
    }

    // The calls that wait for their time or for a message, and are not to wait any longer.
    private List<DurableCall> StopAllWaiting(Predicate<DurableCall> stops)
    {
        var stopped = new List<DurableCall>();
        foreach (var call in (IEnumerable<DurableCall>)[.. _timers?.Calls ?? [], .. _inbox?.Waits ?? []])
        {
            if (stops(call) && StopWaiting(call))
                stopped.Add(call);
        }

        return stopped;
    }

    private void Ask(WaitCall wait, InboxMessage? message)
    {
        if (!wait.AsksStore)
        {
            Settle(wait, wait.Answered(message!), new RunEffects { Taken = [message!.Position] });
            return;
        }

        _asking++;
        _ = Engine.Start(async () =>
        {
            try
            {
                var outcome = await wait.AskStoreAsync();
                lock (_gate)
                    _asked.Enqueue((wait, message, outcome));
                Signal();
            }
            catch (OperationCanceledException) when (Held.IsCancellationRequested)
            {
                // The run goes on elsewhere.
            }
            catch (RunDamagedException damage)
            {
                Quarantine(damage.Message);
            }
        });
    }

    private void TakeAnswers()
    {
        while (true)
        {
            (WaitCall Wait, InboxMessage? Message, StepOutcome? Outcome) answer;
            lock (_gate)
            {
                if (!_asked.TryDequeue(out answer))
                    break;
            }

            _asking--;
            TakeAnswer(answer.Wait, answer.Message, answer.Outcome);
        }

        while (true)
        {
            (IReadOnlyList<InboxMessage> Messages, IReadOnlyList<(WaitCall Wait, RequestRecord? Request)> Expiring) look;
            lock (_gate)
            {
                if (!_looked.TryDequeue(out look))
                    return;
            }

            _looking = false;
            Inbox.Add(look.Messages, _run.LastMessage);
            foreach (var (wait, request) in look.Expiring)
            {
                // What was answered is in the inbox, which was read after that.
                if (request is { State: RequestState.Answered })
                    Timers.Remove(wait);
                // A sign of life has moved it.
                else if (request is { State: RequestState.Open } open && NextDue(open) is { } due && LeftUntil(due) is var left && left > TimeSpan.Zero)
                    Timers.Set(wait, After(left));
                else
                    wait.MayExpire = true;
            }
        }
    }

    private static DateTimeOffset? NextDue(RequestRecord request)
        => request.DueAt is { } due && (request.HeartbeatDueAt is not { } heartbeat || due < heartbeat) ? due : request.HeartbeatDueAt;

    private void TakeAnswer(WaitCall wait, InboxMessage? message, StepOutcome? answer)
    {
        // It may have been stopped, or settled, while the store was asked.
        if (wait.IsSettled || wait.IsAbandoned || Stops(wait))
            return;
        if (answer is { } outcome)
            Settle(wait, outcome, message is null ? null : new RunEffects { Taken = [message.Position] });
        else if (message is not null && !Inbox.Listens(wait))
            Inbox.Listen(wait);
    }

    // Reads what has come since it was read last, and what became of the request whose time seems to have passed.
    private void Look(WaitCall? expiring)
    {
        if (_looking)
            return;
        _looking = true;
        _mayHaveMessages = false;
        var known = Inbox.LastKnown;
        _ = Engine.Start(async () =>
        {
            try
            {
                var request = expiring?.RequestId is { } id ? await Engine.AskAsync(() => Engine.Store.FindRequestAsync(id, Held), Held) : null;
                var messages = await Engine.AskAsync(() => Engine.Store.ReadInboxAsync(RunId, known, Held), Held);
                lock (_gate)
                    _looked.Enqueue((messages, expiring is null ? [] : [(expiring, request)]));
                Signal();
            }
            catch (OperationCanceledException) when (Held.IsCancellationRequested)
            {
                // The run goes on elsewhere.
            }
            catch (RunDamagedException damage)
            {
                Quarantine(damage.Message);
            }
        });
    }
}
