namespace Durable.Storage;

// What runs send, are sent, and do to each other.
public sealed partial class InMemoryStore
{
    private readonly InMemoryRequests _requests = new();

    /// <inheritdoc/>
    public ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        MessageRules.Check(signal);
        lock (_lock)
        {
            if (!_runs.TryGetValue(signal.RunId, out var run))
                return new(SignalVerdict.RunNotFound);
            var now = _clock.GetUtcNow();
            var verdict = run.Inbox.Send(signal, run.HasEnded, now);
            if (verdict == SignalVerdict.Accepted)
                MessageArrived(run, now);
            return new(verdict);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
            return new(_runs.TryGetValue(runId, out var run) ? run.Inbox.After(after) : []);
    }

    /// <inheritdoc/>
    public ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
            return new(_requests.Find(requestId));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        MessageRules.Check(query);
        lock (_lock)
            return new(_requests.List(query).ToArray());
    }

    /// <inheritdoc/>
    public ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var request = _requests.Find(answer.RequestId);
            var verdict = MessageRules.Judge(request?.RunId == answer.RunId ? request : null, now);
            if (verdict != RequestVerdict.Accepted)
                return new(verdict);
            _requests.Answer(answer.RequestId);
            var run = _runs[answer.RunId];
            run.Inbox.Add(InboxMessageKind.Answer, answer.RequestId, now, answer.Payload, answer.Error);
            MessageArrived(run, now);
            return new(verdict);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RequestVerdict> HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var verdict = MessageRules.Judge(_requests.Find(requestId), now);
            if (verdict == RequestVerdict.Accepted)
                _requests.Heartbeat(requestId, now);
            return new(verdict);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
            return new(_runs.TryGetValue(runId, out var run) ? run.Output.Find(key) : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
            return new(_runs.TryGetValue(runId, out var run) ? run.Output.Read(stream, from, max) : []);
    }

    private void TakeEffect(InMemoryRun run, RunEffects effects)
    {
        var now = _clock.GetUtcNow();
        run.Inbox.Take(effects.Taken);
        foreach (var request in effects.Requests)
            _requests.Open(run.RunId, request, now);
        _requests.Close(run.RunId, effects.ClosedRequests);
        foreach (var child in effects.Children)
            StartChild(run, child, now);
        foreach (var value in effects.Published)
            run.Output.Publish(value, now);
        foreach (var item in effects.Appended)
            run.Output.Append(item, now);
        if (effects.Progress is { } progress)
            run.Say(progress);
        run.Drop(effects.Dropped);
    }

    private void StartChild(InMemoryRun parent, NewChild child, DateTimeOffset now)
    {
        if (_runs.ContainsKey(child.Run.RunId))
            return;
        var created = Create(child.Run, now);
        created.BelongTo(parent, child.ClosePolicy);
        parent.Adopt(child.Run.RunId);
    }

    private void GoOnAnew(InMemoryRun run, ContinuedRun continuation, DateTimeOffset now)
    {
        // The queue is that of its workflow.
        QueueOf(run).Remove(run);
        Change(run, () => run.Continue(continuation, now));
        _requests.CloseAll(run.RunId);
        QueueOf(run).AddReady(run, now);
    }

    private void MessageArrived(InMemoryRun run, DateTimeOffset now)
    {
        if (!run.IsWokenByMessages)
            return;
        Change(run, run.Wake);
        QueueOf(run).AddReady(run, now);
    }

    // The run has ended: nobody need answer it, its parent is told, and its children follow, and theirs. No recursion: there may be many generations.
    private void CloseAround(InMemoryRun first, DateTimeOffset now)
    {
        var ended = new Queue<InMemoryRun>([first]);
        while (ended.TryDequeue(out var run))
        {
            _requests.CloseAll(run.RunId);
            if (LivingParent(run) is { } parent)
            {
                parent.Inbox.Add(InboxMessageKind.ChildEnded, run.RunId, now, default, default);
                MessageArrived(parent, now);
            }

            foreach (var child in LivingChildren(run))
            {
                if (child.Parent!.ClosePolicy == ParentClosePolicy.Cancel)
                {
                    Cancel(child, MessageRules.ParentEnded(run.RunId), now);
                }
                else if (child.Parent.ClosePolicy == ParentClosePolicy.Terminate)
                {
                    End(child, Termination(MessageRules.ParentEnded(run.RunId)), now);
                    ended.Enqueue(child);
                }
            }
        }
    }

    private void Terminate(InMemoryRun run, ReadOnlyMemory<byte> error) => LetGo(run, Termination(error));

    private static RunTransition Termination(ReadOnlyMemory<byte> error) => new() { Status = RunStatus.Canceled, Error = error, IsFinal = true };

    private void Cancel(InMemoryRun run, ReadOnlyMemory<byte> error, DateTimeOffset now)
    {
        var found = run.Status;
        if (found is RunStatus.Pending or RunStatus.Running or RunStatus.Suspended && !run.IsCancelRequested)
            Change(run, () => run.Cancel(error));
        if (found == RunStatus.Suspended && run.Status == RunStatus.Pending)
            QueueOf(run).AddReady(run, now);
    }

    // A run that took the id of a purged one is nobody's parent or child for that.
    private InMemoryRun? LivingParent(InMemoryRun run)
        => run.Parent is { } link && _runs.TryGetValue(link.RunId, out var parent) && parent.Number == run.ParentNumber && !parent.HasEnded ? parent : null;

    private IEnumerable<InMemoryRun> LivingChildren(InMemoryRun run)
        => run.Children.Select(id => _runs.GetValueOrDefault(id)).OfType<InMemoryRun>().Where(child => child.ParentNumber == run.Number && !child.HasEnded);
}
