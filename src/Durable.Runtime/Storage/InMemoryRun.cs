namespace Durable.Storage;

/// <summary>One run of the in-memory store. Its owner holds the store's lock.</summary>
internal sealed class InMemoryRun(long number, NewRun run, long epoch, DateTimeOffset createdAt) : IComparable<InMemoryRun>
{
    private readonly List<CheckpointRecord> _checkpoints = [];
    private readonly InMemoryInbox _inbox = new();
    private readonly List<string> _children = [];
    private IReadOnlyList<long> _failingSet = [];
    private long _lastSequence;
    private bool _isWokenByMessages;
    private long _claimedSequence = run.Checkpoints.Count == 0 ? 0 : run.Checkpoints[^1].Sequence;
    private RunRecord _record = new()
    {
        RunId = run.RunId,
        Workflow = run.Workflow,
        Status = RunStatus.Pending,
        Epoch = epoch,
        Attempt = 1,
        Input = run.Input,
        Fingerprint = run.Fingerprint,
        LastSequence = 0,
        CreatedAt = createdAt,
        Deadline = run.Timeout is { } timeout ? CommitRules.DueAt(createdAt, timeout) : null,
    };

    public string RunId => _record.RunId;

    public WorkflowIdentity Workflow => _record.Workflow;

    public RunStatus Status => _record.Status;

    public long Epoch => _record.Epoch;

    public DateTimeOffset? EndedAt => _record.EndedAt;

    public RunPosition Position => new(_record.CreatedAt, _record.RunId);

    /// <summary>Since when it waits, or until when its lease holds or it is suspended. Only the queue sets it: it is part of the queue's order.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The order of creation, for runs that are due, or ended, at the same instant.</summary>
    public long Number { get; } = number;

    public bool IsCancelRequested => !_record.Cancellation.IsEmpty;

    public bool IsFinal => _record.IsFinal;

    public int Attempt => _record.Attempt;

    public long LastSequence => _lastSequence;

    public RunParent? Parent => _record.Parent;

    /// <summary>The parent's <see cref="Number"/>; null without one.</summary>
    public long? ParentNumber { get; private set; }

    /// <summary>The runs that it started, by id.</summary>
    public IReadOnlyList<string> Children => _children;

    public InMemoryInbox Inbox => _inbox;

    public InMemoryOutput Output { get; } = new();

    public bool HasEnded => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;

    /// <summary>True when it is suspended until a message comes, or until its time has passed.</summary>
    public bool IsWokenByMessages => Status == RunStatus.Suspended && _isWokenByMessages;

    public RunRecord Snapshot() => _record.LastSequence == LastSequence && _record.LastMessage == _inbox.LastPosition
        ? _record
        : _record with { LastSequence = LastSequence, LastMessage = _inbox.LastPosition };

    public RunSummary Summary() => new()
    {
        RunId = _record.RunId,
        Workflow = _record.Workflow,
        Status = _record.Status,
        Epoch = _record.Epoch,
        Attempt = _record.Attempt,
        Error = _record.Error,
        CreatedAt = _record.CreatedAt,
        WakesAt = _record.WakesAt,
        IsCancelRequested = IsCancelRequested,
        Deadline = _record.Deadline,
        Parent = _record.Parent,
        Progress = _record.Progress,
        EndedAt = _record.EndedAt,
    };

    public CheckpointRecord[] CopyCheckpoints() => [.. _checkpoints];

    public void Claim(string worker)
    {
        var takeovers = CommitRules.Takeovers(_record, hasProgressed: LastSequence > _claimedSequence);
        _claimedSequence = LastSequence;
        _record = _record with { Status = RunStatus.Running, Epoch = Epoch + 1, Worker = worker, LastSequence = LastSequence, WakesAt = null, Takeovers = takeovers };
    }

    public void Append(IReadOnlyList<CheckpointRecord> checkpoints, DateTimeOffset now)
    {
        if (checkpoints.Count > 0 && checkpoints[0].Sequence <= LastSequence)
            throw CommitRules.NotAboveLast(_record.RunId, checkpoints[0].Sequence, LastSequence);
        foreach (var checkpoint in checkpoints)
            Add(CommitRules.Stamp(InUtc(checkpoint), now));
    }

    public void BelongTo(InMemoryRun parent, ParentClosePolicy closePolicy)
    {
        _record = _record with { Parent = new RunParent(parent.RunId, closePolicy) };
        ParentNumber = parent.Number;
    }

    public void Adopt(string childId) => _children.Add(childId);

    public void Say(RunProgress progress) => _record = _record with { Progress = progress };

    public void Drop(IReadOnlyList<long> sequences)
    {
        var dropped = 0;
        foreach (var sequence in sequences)
        {
            var index = IndexOf(sequence);
            if (index < 0 || sequence == LastSequence)
                continue;
            _checkpoints.RemoveAt(index);
            dropped++;
        }

        _record = _record with { Dropped = _record.Dropped + dropped };
    }

    /// <summary>Goes on from the beginning; as a new run of its id would, but for what it sent and was sent.</summary>
    public void Continue(ContinuedRun continuation, DateTimeOffset now)
    {
        _checkpoints.Clear();
        _inbox.KeepSignals();
        (_lastSequence, _claimedSequence) = (0, 0);
        _record = _record with
        {
            Workflow = continuation.Workflow,
            Input = continuation.Input,
            Status = RunStatus.Pending,
            Generation = _record.Generation + 1,
            ContinuedAt = now,
            Attempt = 1,
            Takeovers = 0,
            LastSequence = 0,
            Dropped = 0,
            AcceptDivergence = false,
        };
    }

    /// <summary>No longer waits.</summary>
    public void Wake() => _record = _record with { Status = RunStatus.Pending, WakesAt = null };

    public void Clear(IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            var index = IndexOf(sequence);
            if (index >= 0)
                _checkpoints[index] = _checkpoints[index] with { Status = CheckpointStatus.Cleared };
        }
    }

    public void Release() => _record = _record with { Status = RunStatus.Pending };

    /// <summary>Somebody wants the run canceled; a suspended one no longer waits.</summary>
    public void Cancel(ReadOnlyMemory<byte> error)
    {
        _record = _record with { Cancellation = error };
        if (Status == RunStatus.Suspended)
            Wake();
    }

    /// <summary>Looks whether there is a place for an outcome: that of a stored checkpoint, or the one above the last.</summary>
    public void CheckPlace(long sequence)
    {
        if (sequence < LastSequence && IndexOf(sequence) < 0)
            throw CommitRules.NotAboveLast(RunId, sequence, LastSequence);
    }

    public void Decide(StepDecision decision)
    {
        if (decision.Outcome is { } outcome)
        {
            var index = IndexOf(outcome.Sequence);
            var decided = CommitRules.Stamp(InUtc(outcome), now: default);
            if (index < 0)
                Add(decided);
            else
                _checkpoints[index] = decided;
        }

        Clear(decision.Cleared);
        if (Status == RunStatus.Suspended)
            Wake();
        else
            GoOn(acceptDivergence: false);
    }

    public void Suspend(RunTransition transition, DateTimeOffset? until)
    {
        _isWokenByMessages = transition.AwaitsMessagesAfter is not null;
        if (transition.IsNextAttempt)
            Clear(transition.FailingSet);
        _record = _record with { Status = RunStatus.Suspended, WakesAt = until, Attempt = _record.Attempt + (transition.IsNextAttempt ? 1 : 0) };
    }

    public void End(RunTransition transition, DateTimeOffset now)
    {
        _failingSet = [.. transition.FailingSet];
        _record = _record with
        {
            Status = transition.Status,
            Result = transition.Result,
            Error = transition.Error,
            EndedAt = now,
            WakesAt = null,
            AcceptDivergence = false,
            IsFinal = transition.IsFinal,
        };
    }

    public void Resume(bool acceptDivergence)
    {
        Clear(_failingSet);
        GoOn(acceptDivergence);
    }

    public int CompareTo(InMemoryRun? other)
    {
        var byTime = DueAt.CompareTo(other!.DueAt);
        return byTime != 0 ? byTime : Number.CompareTo(other.Number);
    }

    private void Add(CheckpointRecord checkpoint)
    {
        _checkpoints.Add(checkpoint);
        _lastSequence = checkpoint.Sequence;
    }

    private void GoOn(bool acceptDivergence)
    {
        _failingSet = [];
        _record = _record with
        {
            Status = RunStatus.Pending,
            Attempt = _record.Attempt + 1,
            AcceptDivergence = acceptDivergence,
            Error = default,
            Cancellation = default,
            Takeovers = 0,
            EndedAt = null,
        };
    }

    private static CheckpointRecord InUtc(CheckpointRecord checkpoint)
        => checkpoint.StartedAt.Offset == TimeSpan.Zero && checkpoint.CompletedAt.Offset == TimeSpan.Zero
            ? checkpoint
            : checkpoint with { StartedAt = checkpoint.StartedAt.ToUniversalTime(), CompletedAt = checkpoint.CompletedAt.ToUniversalTime() };

    private int IndexOf(long sequence)
    {
        var (low, high) = (0, _checkpoints.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _checkpoints[middle].Sequence;
            if (found == sequence)
                return middle;
            if (found < sequence)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}
