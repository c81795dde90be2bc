namespace Durable.Storage.Contract.Model;

// What runs are sent, ask, show and start.
internal sealed partial class NaiveStore
{
    private readonly List<NaiveRequest> _requests = [];

    public IEnumerable<RequestRecord> Requests => _requests.Select(one => one.Stored);

    public ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken)
    {
        MessageRules.Check(signal);
        if (Find(signal.RunId) is not { } one)
            return new(SignalVerdict.RunNotFound);
        if (signal.MessageId is { } known && one.MessageIds.Contains(known))
            return new(SignalVerdict.Duplicate);
        if (one.HasEnded)
            return new(SignalVerdict.RunEnded);
        if (one.Inbox.Count(message => message.Kind == InboxMessageKind.Signal) == DurableLimits.MaxSignalsWaiting)
            return new(SignalVerdict.InboxFull);

        if (signal.MessageId is { } id)
            one.MessageIds.Add(id);
        Deliver(one, InboxMessageKind.Signal, signal.Name, signal.Payload);
        return new(SignalVerdict.Accepted);
    }

    public ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken)
        => new([.. Find(runId)?.Inbox.Where(message => message.Position > after) ?? []]);

    public ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken) => new(Asked(requestId)?.Stored);

    public ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        MessageRules.Check(query);
        return new([.. Requests
            .Where(request => request.State == RequestState.Open)
            .Where(request => query.RunId is null || query.RunId == request.RunId)
            .Where(request => query.Name is null || query.Name == request.Name)
            .Where(request => query.After is null || request.Position.CompareTo(query.After.Value) > 0)
            .OrderBy(request => request.Position)
            .Take(query.Max)]);
    }

    public ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken)
    {
        if (Asked(answer.RequestId) is not { } asked || asked.Stored.RunId != answer.RunId)
            return new(RequestVerdict.NotFound);
        var verdict = Judge(asked);
        if (verdict == RequestVerdict.Accepted)
        {
            asked.Stored = asked.Stored with { State = RequestState.Answered };
            Deliver(Find(answer.RunId)!, InboxMessageKind.Answer, answer.RequestId, answer.Payload, answer.Error);
        }

        return new(verdict);
    }

    public ValueTask<RequestVerdict> HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        if (Asked(requestId) is not { } asked)
            return new(RequestVerdict.NotFound);
        var verdict = Judge(asked);
        if (verdict == RequestVerdict.Accepted)
            asked.Stored = asked.Stored with { HeartbeatDueAt = Now + asked.Stored.HeartbeatTimeout };
        return new(verdict);
    }

    public ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken)
    {
        var all = Find(runId)?.Published.Where(value => value.Name == key).ToList() ?? [];
        return new(all.Count == 0 ? null : new PublishedRecord(all.Count, all[^1].At, all[^1].Payload));
    }

    public ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken)
        => new([.. (Find(runId)?.Appended ?? [])
            .Where(item => item.Name == stream)
            .Select((item, offset) => new StreamRecord(offset, item.At, item.Payload))
            .Where(item => item.Offset >= from)
            .Take(max)]);

    private NaiveRequest? Asked(string requestId) => _requests.SingleOrDefault(one => one.Stored.RequestId == requestId);

    private RequestVerdict Judge(NaiveRequest asked)
    {
        if (asked.Stored.State == RequestState.Answered)
            return RequestVerdict.Answered;
        if (asked.Stored.DueAt <= Now || asked.Stored.HeartbeatDueAt <= Now)
            return RequestVerdict.TimedOut;
        return asked.Stored.State == RequestState.Closed ? RequestVerdict.Closed : RequestVerdict.Accepted;
    }

    private void Deliver(NaiveRun to, InboxMessageKind kind, string name, ReadOnlyMemory<byte> payload = default, ReadOnlyMemory<byte> error = default)
    {
        to.Stored = to.Stored with { LastMessage = to.Stored.LastMessage + 1 };
        to.Inbox.Add(new InboxMessage { Position = to.Stored.LastMessage, Kind = kind, Name = name, SentAt = Now, Payload = payload, Error = error });
        if (to is { Stored.Status: RunStatus.Suspended, AwaitsMessages: true })
            to.Wake(Now);
    }

    private void TakeEffect(NaiveRun one, RunEffects effects)
    {
        one.Inbox.RemoveAll(message => effects.Taken.Contains(message.Position));
        foreach (var request in effects.Requests.Where(request => Asked(request.RequestId) is null))
        {
            _requests.Add(new NaiveRequest
            {
                Stored = new RequestRecord
                {
                    RequestId = request.RequestId,
                    RunId = one.Stored.RunId,
                    Name = request.Name,
                    State = RequestState.Open,
                    Payload = request.Payload,
                    CreatedAt = Now,
                    DueAt = Now + request.Timeout,
                    HeartbeatTimeout = request.HeartbeatTimeout,
                    HeartbeatDueAt = Now + request.HeartbeatTimeout,
                },
            });
        }

        CloseRequests(one, request => effects.ClosedRequests.Contains(request.RequestId));
        foreach (var child in effects.Children.Where(child => Find(child.Run.RunId) is null))
            Create(child.Run, one, new RunParent(one.Stored.RunId, child.ClosePolicy));
        one.Published.AddRange(effects.Published.Select(value => (value.Name, Now, value.Payload)));
        one.Appended.AddRange(effects.Appended.Select(item => (item.Name, Now, item.Payload)));
        var last = one.Record.LastSequence;
        var dropped = one.Checkpoints.RemoveAll(checkpoint => checkpoint.Sequence != last && effects.Dropped.Contains(checkpoint.Sequence));
        one.Stored = one.Stored with { Progress = effects.Progress ?? one.Stored.Progress, Dropped = one.Stored.Dropped + dropped };
    }

    private void CloseRequests(NaiveRun one, Func<RequestRecord, bool> isMeant)
    {
        foreach (var request in _requests.Where(request => request.Stored.RunId == one.Stored.RunId && request.Stored.State == RequestState.Open && isMeant(request.Stored)))
            request.Stored = request.Stored with { State = RequestState.Closed };
    }

    private void GoOnAnew(NaiveRun one, ContinuedRun continuation)
    {
        CloseRequests(one, _ => true);
        one.Inbox.RemoveAll(message => message.Kind != InboxMessageKind.Signal);
        one.Checkpoints.Clear();
        one.ClaimedSequence = 0;
        one.Stored = one.Stored with
        {
            Workflow = continuation.Workflow,
            Input = continuation.Input,
            Generation = one.Stored.Generation + 1,
            ContinuedAt = Now,
            Attempt = 1,
            Takeovers = 0,
            Dropped = 0,
            AcceptDivergence = false,
        };
        one.Wake(Now);
    }

    private void End(NaiveRun one, RunTransition end)
    {
        one.FailingSet = end.FailingSet;
        one.Stored = one.Stored with { Status = end.Status, Result = end.Result, Error = end.Error, EndedAt = Now, WakesAt = null, AcceptDivergence = false, IsFinal = end.IsFinal };
        if (!one.HasEnded)
            return;

        CloseRequests(one, _ => true);
        if (one.Parent is { HasEnded: false } parent && _all.Contains(parent))
            Deliver(parent, InboxMessageKind.ChildEnded, one.Stored.RunId);
        foreach (var child in _all.Where(child => child.Parent == one && !child.HasEnded).ToArray())
        {
            var why = MessageRules.ParentEnded(one.Stored.RunId);
            if (child.Stored.Parent!.ClosePolicy == ParentClosePolicy.Cancel)
                Cancel(child, why);
            else if (child.Stored.Parent.ClosePolicy == ParentClosePolicy.Terminate)
                End(child, new RunTransition { Status = RunStatus.Canceled, Error = why, IsFinal = true });
        }
    }
}

/// <summary>A request of the naive store.</summary>
internal sealed class NaiveRequest
{
    public required RequestRecord Stored { get; set; }
}
