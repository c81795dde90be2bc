using Durable.Storage;

namespace Durable.Execution;

/// <summary>
/// The recorded checkpoints of a run while its code is replayed over them: answers calls, says which completion is delivered next, and notices divergence.
/// Pure: no I/O, no clock, no awaiting.
/// </summary>
internal sealed class ReplayLog
{
    private readonly ReplayRules _rules;
    private readonly IReadOnlyList<CheckpointRecord> _checkpoints;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Entry> _byId = [];
    private readonly Dictionary<string, StepProgress> _progress = [];
    private readonly Dictionary<string, int> _unrequestedByScope = [];
    private readonly HashSet<(string StepId, long Fingerprint)> _noted = [];
    private readonly HashSet<string> _readByAlias = [];
    private readonly List<long> _replaced = [];
    private readonly List<ForkNote> _forks = [];
    private ILookup<(string Scope, string Name, long Fingerprint), Entry>? _byArguments;
    private readonly Dictionary<string, bool> _patches = [];
    private readonly HashSet<string> _begunByOtherBuild = [];
    private readonly Dictionary<string, int> _clearedStarts = [];
    private readonly HashSet<StepProgress> _progressAhead = [];
    private bool _isBeyond;
    private int _unrequested;
    private int _passedOver;
    private int _cursor;
    private int _endOfOtherBuild;

    /// <exception cref="PayloadException">A note of the engine cannot be read.</exception>
    public ReplayLog(IReadOnlyList<CheckpointRecord> checkpoints, ReplayRules rules)
    {
        _checkpoints = checkpoints;
        _rules = rules;
        foreach (var record in checkpoints)
        {
            if (record is { Status: CheckpointStatus.Cleared, Kind: CheckpointKind.ChildStarted })
                _clearedStarts[record.StepId] = _clearedStarts.GetValueOrDefault(record.StepId) + 1;
            if (record.Status == CheckpointStatus.Cleared)
                continue;
            if (record.Kind == CheckpointKind.RunAttempt)
                continue;
            if (record.Kind == CheckpointKind.RunForked)
            {
                _forks.Add(ForkNote.Read(record));
                continue;
            }

            if (record.Kind == CheckpointKind.Patch)
            {
                var (patch, answer) = PatchNote.Read(record);
                _patches[patch] = answer;
                continue;
            }

            if (record.Kind == CheckpointKind.ArgumentsChanged)
            {
                _noted.Add((record.StepId, record.Fingerprint));
                continue;
            }

            if (record.Kind is CheckpointKind.StepStarted or CheckpointKind.StepAttempt or CheckpointKind.WaitStarted)
            {
                if (!_progress.TryGetValue(record.StepId, out var progress))
                    _progress.Add(record.StepId, progress = new StepProgress());
                progress.Add(record);
                if (record.BuildId != rules.BuildId)
                    _begunByOtherBuild.Add(record.StepId);
                _progressAhead.Add(progress);
                continue;
            }

            var entry = new Entry(record, StepId.Parse(record.StepId));
            _entries.Add(entry);
            if (record.BuildId != rules.BuildId)
                _endOfOtherBuild = _entries.Count;
            if (record.Kind == CheckpointKind.RunCanceled)
            {
                // The code does not ask for it: it is told, once all before it was delivered.
                entry.Requested = true;
                continue;
            }

            _byId.Add(record.StepId, entry);
            CountScopes(entry, +1);
        }
    }

    /// <summary>How many recorded completions replay delivers.</summary>
    public int Count => _entries.Count;

    /// <summary>True when every recorded completion has been delivered: the code runs for the first time from here on.</summary>
    public bool IsExhausted => _cursor == _entries.Count;

    /// <summary>True while the code has been where it is now before: something recorded is ahead of it, a completion or the beginning of something.</summary>
    public bool IsReplaying => !IsExhausted || (_progressAhead.Count > 0 && !_isBeyond);

    /// <summary>True when the next recorded completion has been asked for and may be delivered.</summary>
    public bool CanDeliver => _cursor < _entries.Count && _entries[_cursor].Requested;

    /// <summary>The run whose id what the code derives now is derived from, where that is another one: while the code replays what was copied from it.</summary>
    public string? IdsOf => _forks.Count == 0 || IsExhausted ? null : CopyOf(_entries[_cursor].Record.Sequence)?.IdsOf;

    /// <summary>When the code began, where what it replays first was copied from another run.</summary>
    public DateTimeOffset? CopiedStart => _forks.Count == 0 || IsExhausted ? null : CopyOf(_entries[_cursor].Record.Sequence)?.StartedAt;

    /// <summary>Where a checkpoint was copied from; null for one of the run's own.</summary>
    public ForkNote? CopyOf(long sequence) => _forks.Find(fork => fork.Sequence > sequence);

    /// <summary>True while the code has not come as far as another build's has: an outcome that that one recorded has not been delivered yet, or a step that it began has not been called.</summary>
    public bool FollowsOtherBuild => _cursor < _endOfOtherBuild || _begunByOtherBuild.Count > 0;

    private Entry NextAskedFor => _entries[_cursor].Record.Kind == CheckpointKind.RunCanceled ? _entries[_cursor + 1] : _entries[_cursor];

    /// <summary>The sequences of all that is recorded of a cancellation: that the code was told, and what was cut off.</summary>
    public IEnumerable<long> CanceledWork() => _entries
        .Where(static entry => entry.Record is { Kind: CheckpointKind.RunCanceled } or { Kind: CheckpointKind.Step, Status: CheckpointStatus.Canceled })
        .SelectMany(entry => (_progress.GetValueOrDefault(entry.Record.StepId)?.Sequences ?? []).Append(entry.Record.Sequence));

    /// <summary>The last iteration of a loop whose end is recorded; null for none.</summary>
    /// <param name="loop">The loop's scope.</param>
    public long? LastIterationOf(string loop)
    {
        var ended = _entries.FindLast(entry => entry.Record.Kind == CheckpointKind.Loop && entry.Id.Scope.Length > loop.Length && entry.Id.Scope.LastIndexOf('/') == loop.Length && entry.Id.Scope.StartsWith(loop, StringComparison.Ordinal));
        return ended is null ? null : long.Parse(ended.Id.Scope.AsSpan(loop.Length + 1), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The sequences of all that is recorded in a scope and the scopes inside it, notes and what is cleared included.</summary>
    public IEnumerable<long> SequencesIn(string scope) => _checkpoints
        .Where(record => record.StepId.Length > scope.Length && record.StepId[scope.Length] == '/' && record.StepId.StartsWith(scope, StringComparison.Ordinal))
        .Select(static record => record.Sequence);

    /// <summary>How many starts of a child by a call are cleared.</summary>
    public int ClearedStartsOf(string id) => _clearedStarts.GetValueOrDefault(id);

    /// <summary>Takes the next recorded completion.</summary>
    public CheckpointRecord Deliver()
    {
        var record = _entries[_cursor++].Record;
        MoveOn();
        return record;
    }

    /// <summary>Whether the run takes a change of the code. The first answer holds; true in <paramref name="isNew"/> for that.</summary>
    /// <param name="patch">The change's id.</param>
    /// <param name="isNew">True when the answer is not recorded.</param>
    public bool Patched(string patch, out bool isNew)
    {
        isNew = !_patches.TryGetValue(patch, out var answer);
        if (isNew)
            _patches.Add(patch, answer = !FollowsOtherBuild);
        return answer;
    }

    /// <summary>True when there is an outcome that a call of this id would get.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="aliases">Earlier names of the step.</param>
    public bool IsRecorded(StepId id, string[] aliases)
        => IsOpen(id.ToString()) || Array.Exists(aliases, alias => IsOpen((id with { Name = alias }).ToString()));

    /// <summary>Answers a durable call.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="aliases">Earlier names of the step.</param>
    /// <param name="kind">What is called.</param>
    /// <param name="fingerprint">The fingerprint of the arguments.</param>
    /// <param name="isByHand">True for a step that the code executes by hand: its end may have come before its report, and then the undoing of what was done.</param>
    public ReplayAnswer Request(StepId id, string[] aliases, CheckpointKind kind, long fingerprint, bool isByHand = false)
    {
        // Two checkpoints of one id could not be told apart by the next replay.
        if (_readByAlias.Count > 0 && _readByAlias.Contains(id.ToString()))
            return ReplayAnswer.Diverged(Divergence.ReadByAlias(id.ToString(), _byId[id.ToString()].Record));
        var progress = _progress.Count == 0 ? null : FindProgress(id, aliases, kind);
        if (_unrequested == 0 && _passedOver == 0)
            return ReplayAnswer.Open(progress);
        var entry = Find(id, aliases);
        if (entry is null && isByHand && _unrequested > 0 && NextAskedFor.Record.Kind == CheckpointKind.CompensationStarted)
            return ReplayAnswer.Open(progress);
        if (entry is null)
            return NewCall(id, progress);
        if (entry.Record.Kind != kind)
            return OtherKind(id, kind, entry);
        if (entry.PassedOver)
            return CarryOver(entry, progress);
        if (_rules.IsSequential && entry != NextAskedFor)
        {
            if (!_rules.AcceptDivergence)
                return ReplayAnswer.Diverged(Divergence.OutOfOrder(id.ToString(), Unrequested("")));
            PassOverBefore(_entries.IndexOf(entry));
        }

        var changed = entry.Record.Fingerprint != fingerprint;
        if (changed && ArgumentDivergence(entry, id.ToString(), fingerprint) is { } divergence)
            return ReplayAnswer.Diverged(divergence);
        entry.Requested = true;
        CountScopes(entry, -1);
        return ReplayAnswer.Recorded(entry.Record, progress, changed && _noted.Add((entry.Record.StepId, fingerprint)));
    }

    /// <summary>The code stands still although a recorded completion is due that nobody asked for. Says why the run diverged; null when that was accepted, and the completion passed over.</summary>
    /// <param name="waiting">The ids that the code waits for.</param>
    public string? StoodStill(IReadOnlyCollection<string> waiting)
    {
        if (!_rules.AcceptDivergence)
            return Divergence.StoodStill(waiting, Unrequested(""));
        PassOver(_entries[_cursor]);
        MoveOn();
        return null;
    }

    /// <summary>True when there are checkpoints in a scope, or in one inside it, that nobody has asked for yet.</summary>
    /// <param name="scope">The scope's path.</param>
    public bool HasUnrequested(string scope) => _unrequestedByScope.GetValueOrDefault(scope) > 0;

    /// <summary>A scope has ended. Says why the run diverged when some of its checkpoints were never asked for; null when all were, or when that was accepted.</summary>
    /// <param name="scope">The scope's path.</param>
    public string? ScopeEnded(string scope)
    {
        if (!HasUnrequested(scope))
            return null;
        var left = Unrequested(scope);
        if (!_rules.AcceptDivergence)
            return Divergence.NeverRequested(scope, left);
        foreach (var record in left)
            PassOver(_byId[record.StepId]);
        MoveOn();
        return null;
    }

    /// <summary>A recorded outcome that was asked for is not delivered: the branch that waits for it was abandoned.</summary>
    /// <param name="id">Its id, as recorded.</param>
    public CheckpointRecord Abandon(string id)
    {
        var entry = _byId[id];
        entry.Abandoned = true;
        MoveOn();
        return entry.Record;
    }

    /// <summary>An abandoned branch asks for nothing more: what is recorded in it and nobody asked for, because foreign work took longer than then, is passed.</summary>
    /// <param name="scope">The branch's path.</param>
    public void AbandonScope(string scope)
    {
        if (!HasUnrequested(scope))
            return;
        foreach (var record in Unrequested(scope))
        {
            var entry = _byId[record.StepId];
            (entry.Requested, entry.Abandoned) = (true, true);
            CountScopes(entry, -1);
        }

        MoveOn();
    }

    /// <summary>The sequences whose ids calls of another kind took since this was last asked: to be cleared in the store before those calls are stored.</summary>
    public IReadOnlyList<long> TakeReplaced()
    {
        if (_replaced.Count == 0)
            return [];
        long[] taken = [.. _replaced];
        _replaced.Clear();
        return taken;
    }

    /// <summary>The sequences that nobody asked for: to be cleared in the store when the run completes without them.</summary>
    public IReadOnlyList<long> NeverRequested()
        => _unrequested == 0 && _passedOver == 0 ? [] : [.. _entries.Where(e => !e.Requested).Select(e => e.Record.Sequence)];

    private ReplayAnswer NewCall(StepId id, StepProgress? progress)
    {
        if (!_rules.IsSequential || _unrequested == 0)
            return ReplayAnswer.Open(progress);
        if (!_rules.AcceptDivergence)
            return ReplayAnswer.Diverged(Divergence.NewCallBeforeRecorded(id.ToString(), Unrequested("")));
        PassOverBefore(_entries.Count);
        return ReplayAnswer.Open(progress);
    }

    private ReplayAnswer OtherKind(StepId id, CheckpointKind kind, Entry entry)
    {
        if (!_rules.AcceptDivergence)
            return ReplayAnswer.Diverged(Divergence.OtherKind(id.ToString(), kind, entry.Record));
        PassOver(entry);
        MoveOn();
        CarryOver(entry, progress: null);
        _replaced.Add(entry.Record.Sequence);
        return NewCall(id, progress: null);
    }

    private ReplayAnswer CarryOver(Entry entry, StepProgress? progress)
    {
        entry.Requested = true;
        _passedOver--;
        return ReplayAnswer.CarriedOver(entry.Record, progress);
    }

    private Entry? Find(StepId id, string[] aliases)
    {
        if (_byId.TryGetValue(id.ToString(), out var entry) && !entry.Requested)
            return entry;
        foreach (var alias in aliases)
        {
            if (_byId.TryGetValue((id with { Name = alias }).ToString(), out entry) && !entry.Requested)
            {
                _readByAlias.Add(entry.Record.StepId);
                return entry;
            }
        }

        return null;
    }

    private bool IsOpen(string id) => _byId.TryGetValue(id, out var entry) && !entry.Requested;

    private StepProgress? FindProgress(StepId id, string[] aliases, CheckpointKind kind)
    {
        var progress = TakeProgress(id.ToString());
        for (var i = 0; progress is null && i < aliases.Length; i++)
            progress = TakeProgress((id with { Name = aliases[i] }).ToString());
        // What began as something else is none of its own.
        if (progress is null || progress.Wait is null != kind is CheckpointKind.Step)
        {
            // Code that has gone past all completions and does something new is where it never was; if it comes to what is recorded later, that was never in this order.
            _isBeyond |= IsExhausted;
            return null;
        }

        _progressAhead.Remove(progress);
        return progress;
    }

    private StepProgress? TakeProgress(string id)
    {
        _begunByOtherBuild.Remove(id);
        return _progress.GetValueOrDefault(id);
    }

    private string? ArgumentDivergence(Entry entry, string id, long fingerprint)
    {
        if (_rules.AcceptDivergence)
            return null;
        // What was copied may depend on the other run's id.
        if (entry.Record.BuildId == _rules.BuildId && CopyOf(entry.Record.Sequence) is null)
            return Divergence.ArgumentsInSameBuild(id, entry.Record);
        // A redeployment may change the arguments of thousands of calls: looked up, not searched for.
        _byArguments ??= _entries.ToLookup(static e => (e.Id.Scope, e.Id.Name, e.Record.Fingerprint));
        var other = _byArguments[(entry.Id.Scope, entry.Id.Name, fingerprint)].FirstOrDefault(e => e != entry);
        if (other is not null)
            return Divergence.Swapped(id, entry.Record, other.Record);
        return _rules.OnArgumentMismatch == ArgumentMismatch.Quarantine ? Divergence.ArgumentsInOtherBuild(id, entry.Record) : null;
    }

    private List<CheckpointRecord> Unrequested(string scope)
        => [.. _entries.Where(e => !e.Requested && !e.PassedOver && IsInside(e.Id.Scope, scope)).Select(e => e.Record)];

    private static bool IsInside(string scope, string outer)
        => scope.StartsWith(outer, StringComparison.Ordinal) && (scope.Length == outer.Length || scope[outer.Length] == '/');

    private void PassOverBefore(int end)
    {
        for (var i = _cursor; i < end; i++)
        {
            if (!_entries[i].Requested)
                PassOver(_entries[i]);
        }

        MoveOn();
    }

    private void PassOver(Entry entry)
    {
        if (entry.PassedOver)
            return;
        entry.PassedOver = true;
        _passedOver++;
        CountScopes(entry, -1);
    }

    private void MoveOn()
    {
        while (_cursor < _entries.Count && (_entries[_cursor].PassedOver || _entries[_cursor].Abandoned))
            _cursor++;
    }

    // A scope's count includes the scopes inside it: a branch that is never opened again is noticed when its parent ends.
    private void CountScopes(Entry entry, int change)
    {
        _unrequested += change;
        var scope = entry.Id.Scope;
        while (true)
        {
            _unrequestedByScope[scope] = _unrequestedByScope.GetValueOrDefault(scope) + change;
            if (scope.Length == 0)
                return;
            scope = scope[..scope.LastIndexOf('/')];
        }
    }

    private sealed class Entry(CheckpointRecord record, StepId id)
    {
        public CheckpointRecord Record { get; } = record;

        public StepId Id { get; } = id;

        public bool Requested { get; set; }

        /// <summary>Its place in the order has passed without a call; a later call still gets the outcome.</summary>
        public bool PassedOver { get; set; }

        /// <summary>The branch that it was for has been abandoned: no call gets it in this pass.</summary>
        public bool Abandoned { get; set; }
    }
}
