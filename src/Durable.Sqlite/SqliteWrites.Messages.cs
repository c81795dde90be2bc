using Durable.Storage;

namespace Durable.Sqlite;

// What runs are sent, ask and show.
internal sealed partial class SqliteWrites
{
    private readonly SqliteInbox _inbox;
    private readonly SqliteRequests _requests;
    private readonly SqliteOutputs _outputs;
    private readonly LateStatement _findHead;
    private readonly LateStatement _dropCheckpoint;

    public SignalVerdict Send(NewSignal signal, DateTimeOffset now)
    {
        if (FindHead(signal.RunId) is not var (number, status))
            return SignalVerdict.RunNotFound;
        if (signal.MessageId is { } known && _inbox.Knows(number, known))
            return SignalVerdict.Duplicate;
        if (HasEnded(status))
            return SignalVerdict.RunEnded;
        var notes = _inbox.Notes(number, () => signal.RunId);
        if (notes.Signals >= DurableLimits.MaxSignalsWaiting)
            return SignalVerdict.InboxFull;
        if (signal.MessageId is { } id)
            _inbox.Remember(number, id);
        Deliver(notes, status, new InboxMessage { Position = 0, Kind = InboxMessageKind.Signal, Name = signal.Name, SentAt = now, Payload = signal.Payload });
        return SignalVerdict.Accepted;
    }

    public RequestVerdict Answer(RequestAnswer answer, DateTimeOffset now)
    {
        var request = _requests.Find(answer.RequestId);
        var asked = request?.Record?.RunId == answer.RunId ? request.Record : null;
        var verdict = MessageRules.Judge(asked, now);
        if (verdict != RequestVerdict.Accepted)
            return verdict;
        _requests.Set(request!, asked! with { State = RequestState.Answered });
        var (number, status) = FindHead(answer.RunId)!.Value;
        Deliver(
            _inbox.Notes(number, () => answer.RunId),
            status,
            new InboxMessage { Position = 0, Kind = InboxMessageKind.Answer, Name = answer.RequestId, SentAt = now, Payload = answer.Payload, Error = answer.Error });
        return verdict;
    }

    public RequestVerdict Heartbeat(string requestId, DateTimeOffset now)
    {
        var request = _requests.Find(requestId);
        var verdict = MessageRules.Judge(request?.Record, now);
        if (verdict == RequestVerdict.Accepted && request!.Record is { HeartbeatTimeout: { } timeout } record)
            _requests.Set(request, record with { HeartbeatDueAt = CommitRules.DueAt(now, timeout) });
        return verdict;
    }

    private void TakeEffect(long number, string runId, long last, RunEffects effects, DateTimeOffset now)
    {
        var found = _inbox.Notes(number, () => runId);
        var notes = _inbox.Take(found, effects.Taken);
        foreach (var request in effects.Requests)
            _requests.Open(number, runId, request, now);
        foreach (var requestId in effects.ClosedRequests)
            _requests.Close(number, requestId);
        foreach (var child in effects.Children)
            Insert(child.Run, (number, new RunParent(runId, child.ClosePolicy)), now);
        foreach (var value in effects.Published)
            _outputs.Publish(number, runId, value, now);
        foreach (var item in effects.Appended)
            _outputs.Append(number, item, now);
        notes = notes with
        {
            Has = notes.Has | (effects.Requests.Count > 0 ? RunBelongings.Requests : 0) | (effects.Children.Count > 0 ? RunBelongings.Children : 0),
            Progress = effects.Progress ?? notes.Progress,
            Dropped = notes.Dropped + Drop(number, last, effects.Dropped),
        };
        if (notes != found)
            _inbox.Write(notes);
    }

    // The last one says how far the run is: it stays.
    private int Drop(long number, long last, IReadOnlyList<long> sequences)
    {
        var dropped = 0;
        foreach (var sequence in sequences)
        {
            if (sequence == last)
                continue;
            _dropCheckpoint.Value.Bind(1, number);
            _dropCheckpoint.Value.Bind(2, sequence);
            dropped += _dropCheckpoint.Value.Execute();
        }

        return dropped;
    }

    private void Deliver(RunNotes notes, RunStatus status, InboxMessage message)
    {
        _inbox.Write(_inbox.Add(notes, message));
        // One whose state is damaged is set aside by the claim that finds it.
        if (status == RunStatus.Suspended && Find(notes.RunNumber) is { } run && (run.AwaitsMessages || !run.IsStateSound))
            Release(run, run.Record.LastSequence, new RunTransition { Status = RunStatus.Pending }, message.SentAt);
    }

    private (long Number, RunStatus Status)? FindHead(string runId)
    {
        var find = _findHead.Value;
        find.Bind(1, runId);
        if (!find.Read())
            return null;
        var head = (find.Long(0), (RunStatus)find.Int(1));
        find.Reset();
        return head;
    }

    private static bool HasEnded(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;
}
