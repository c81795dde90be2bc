using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>
/// What a run has to write. Numbers the completions in the order in which they arrive and has one commit under way at a time, so that a run's checkpoints are stored without gaps, in order.
/// Everything that arrives meanwhile goes into the next commit.
/// </summary>
internal sealed class RunOutbox(RunDriver driver, long lastSequence)
{
    private readonly Lock _gate = new();
    private List<(DurableCall? Call, CheckpointRecord Record)> _waiting = [];
    private List<(DurableCall? Call, CheckpointRecord Record)> _underWay = [];
    private List<long> _cleared = [];
    private IReadOnlyList<long> _clearedAtEnd = [];
    private readonly List<long> _canceledWork = [];
    private PendingEffects? _effects;
    private Dictionary<string, HashSet<long>>? _loops;
    private RunTransition? _transition;
    private RunTransition? _writtenEnd;
    private bool _endKnowsCancellation;
    private long _lastSequence = lastSequence;
    private bool _committing;
    private bool _closed;

    /// <summary>True when nothing is being written or waits for it, besides what rides along with the next commit.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return !_committing;
        }
    }

    /// <summary>True when no completion, effect, clearing or answer that the code got is being written or waits for it.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return !_committing && _cleared.Count == 0 && _effects is null && !_waiting.Exists(static w => w.Call is not null || w.Record.Kind == CheckpointKind.Patch);
        }
    }

    /// <summary>The highest sequence given out.</summary>
    public long LastSequence
    {
        get
        {
            lock (_gate)
                return _lastSequence;
        }
    }

    /// <summary>Adds what came of a body, and writes it.</summary>
    public void Add(DurableCall call, in StepOutcome outcome)
    {
        if (!TryAdd(call, outcome.IsFinal ? call.Kind : CheckpointKind.StepAttempt, outcome))
            return;
        driver.OutcomeTaken();
        Write();
    }

    /// <summary>Adds what is known of a call without running its body now, and writes it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="kind">What is written of it.</param>
    /// <param name="outcome">What is known.</param>
    /// <param name="effects">What the commit does besides; null for nothing.</param>
    public void AddUnexecuted(DurableCall call, CheckpointKind kind, in StepOutcome outcome, RunEffects? effects = null)
    {
        if (TryAdd(call, kind, outcome, effects))
            Write();
    }

    /// <summary>Stores a recorded outcome again, behind everything else, and clears it in its old place: one commit does both, so that no crash loses it.</summary>
    public void CarryOver(DurableCall call, CheckpointRecord recorded)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            if (_loops is not null)
                Account(call.Id, _lastSequence + 1);
            _waiting.Add((call, recorded with { Sequence = ++_lastSequence, StepId = call.Id, Fingerprint = call.Fingerprint, BuildId = driver.Engine.BuildId }));
            _cleared.Add(recorded.Sequence);
            if (recorded.Status == CheckpointStatus.Canceled)
                _canceledWork.Add(_lastSequence);
        }

        Write();
    }

    /// <summary>Adds a note of the engine; it rides along with the next commit.</summary>
    public void Note(CheckpointKind kind, string stepId, long fingerprint)
    {
        var now = driver.Engine.Time.GetUtcNow();
        lock (_gate)
            _waiting.Add((null, Record(stepId, kind, fingerprint, new StepOutcome(CheckpointStatus.Completed, 1, now, now))));
    }

    /// <summary>Adds what the code was told about a change of it; it rides along with the next commit, ahead of everything that follows from the answer.</summary>
    public void NotePatch(string patch, bool answer)
    {
        var now = driver.Engine.Time.GetUtcNow();
        lock (_gate)
            _waiting.Add((null, Record(PatchNote.Id(patch), CheckpointKind.Patch, 0, new StepOutcome(CheckpointStatus.Completed, 1, now, now) { Result = PatchNote.Write(answer) })));
    }

    /// <summary>Adds the failure of an attempt of the run; it rides along with the next commit.</summary>
    public void NoteRunAttempt(ErrorInfo error, int attempt, TimeSpan wait)
    {
        var now = driver.Engine.Time.GetUtcNow();
        lock (_gate)
            _waiting.Add((null, Record(StepId.Run, CheckpointKind.RunAttempt, 0, new StepOutcome(CheckpointStatus.Failed, attempt, now, now) { Error = error, Wait = wait })));
    }

    /// <summary>Clears stored checkpoints; rides along with the next commit.</summary>
    public void Clear(IReadOnlyList<long> sequences)
    {
        lock (_gate)
            _cleared.AddRange(sequences);
    }

    /// <summary>Takes what is recorded of a cancellation: it belongs to the failing set of every end, whether the code has been told of it by then or not.</summary>
    public void AddCanceledWork(IEnumerable<long> sequences)
    {
        lock (_gate)
            _canceledWork.AddRange(sequences);
    }

    /// <summary>Adds nothing any more. The bodies whose beginnings are being written or wait for it do not begin: that is taken back.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var (_, record) in (IEnumerable<(DurableCall?, CheckpointRecord)>)[.. _underWay, .. _waiting])
            {
                if (record.Kind == CheckpointKind.StepStarted)
                    _cleared.Add(record.Sequence);
            }
        }
    }

    /// <summary>Lets go of the run, after what is already waiting. To be called after <see cref="Close"/>.</summary>
    /// <param name="transition">How.</param>
    /// <param name="cleared">What is cleared if, and only if, that is how the run is let go of.</param>
    /// <param name="knowsCancellation">True where it was decided in the knowledge of a cancellation, if there is one: one that is learned of between the decision and the write does not count.</param>
    public void End(RunTransition transition, IReadOnlyList<long> cleared, bool knowsCancellation)
    {
        lock (_gate)
        {
            _transition = transition;
            _clearedAtEnd = cleared;
            _endKnowsCancellation = knowsCancellation;
        }

        Write();
    }

    /// <summary>Adds what is done besides; it rides along with the next commit.</summary>
    public void Ride(RunEffects effects)
    {
        lock (_gate)
            (_effects ??= new PendingEffects()).Add(effects);
    }

    /// <summary>Keeps account of what is written in a loop.</summary>
    /// <param name="path">The loop's scope.</param>
    /// <param name="recorded">What is recorded of it.</param>
    public void Follow(string path, IEnumerable<long> recorded)
    {
        lock (_gate)
            (_loops ??= []).Add(path, [.. recorded]);
    }

    /// <summary>Forgets about a loop.</summary>
    public void Unfollow(string path)
    {
        lock (_gate)
            _loops!.Remove(path);
    }

    /// <summary>Takes the sequences of all that was written in a loop by now.</summary>
    public List<long> TakeWrittenIn(string path)
    {
        lock (_gate)
        {
            List<long> written = [.. _loops![path].Order()];
            // It may stand in another loop.
            foreach (var loop in _loops.Values)
                loop.ExceptWith(written);
            return written;
        }
    }

    private void Account(string stepId, long sequence)
    {
        foreach (var (path, written) in _loops!)
        {
            if (stepId.Length > path.Length && stepId[path.Length] == '/' && stepId.StartsWith(path, StringComparison.Ordinal))
                written.Add(sequence);
        }
    }

    private bool TryAdd(DurableCall call, CheckpointKind kind, in StepOutcome outcome, RunEffects? effects = null)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            if (effects is not null)
                (_effects ??= new PendingEffects()).Add(effects);
            _waiting.Add((call, Record(call.Id, kind, call.Fingerprint, outcome)));
            if (kind is CheckpointKind.Step or CheckpointKind.RunCanceled && outcome.Status == CheckpointStatus.Canceled)
                _canceledWork.AddRange([.. call.Progress?.Sequences ?? [], _lastSequence]);
            return true;
        }
    }

    private void Write()
    {
        lock (_gate)
        {
            if (_committing)
                return;
            _committing = true;
        }

        // What is carried over is written in the midst of the code's turn: the writing must not go on as a continuation of the code, which may end before the store answers.
        var callers = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _ = WriteAsync();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                var (commit, completions) = Take();
                _writtenEnd = commit.Transition;
                var result = await RunCommitter.CommitAsync(driver.Engine, commit, driver.Held);
                if (result == CommitResult.CancelRequested)
                    result = await CommitKnowinglyAsync(commit);
                if (result == CommitResult.Fenced)
                {
                    driver.Drop("another worker holds the run, or it was terminated");
                    return;
                }

                // Before the next commit may begin: what is stored first is delivered first, now and on every replay.
                driver.Stored(completions);
                if (commit.Effects is { } effects)
                    driver.TookEffect(effects);
                bool more;
                lock (_gate)
                {
                    _underWay = [];
                    more = _transition is not null || _waiting.Exists(static w => w.Call is not null);
                    _committing = more && commit.Transition is null;
                }

                if (_writtenEnd is { } transition)
                {
                    driver.TransitionStored(transition);
                    return;
                }

                driver.Continue(pumpHere: !more);
                if (!more)
                    return;
            }
        }
        catch (OperationCanceledException) when (driver.Held.IsCancellationRequested)
        {
            // The run was dropped while the store was silent. Whatever became of this commit, the next incarnation reads it.
        }
        catch (RunDamagedException damage)
        {
            // Nothing can be written on what is stored. The next claim finds the damage and sets the run aside.
            Log.RunDamaged(driver.Engine.Log, driver.RunId, damage);
            driver.Drop("what is stored of it is damaged");
        }
        catch (Exception exception) when (exception is not StoreException)
        {
            // A store that breaks its promises, or a bug of ours: nothing more may be written on a guess.
            Log.CommitImpossible(driver.Engine.Log, driver.RunId, exception);
            driver.Drop("its commit is impossible");
        }
    }

    // Asked when it is written: a body may have ended by its token since the end was decided.
    private RunTransition? WithUndelivered(RunTransition? end, List<(DurableCall? Call, CheckpointRecord Record)> completions)
        => end is null or { Status: RunStatus.Completed or RunStatus.Pending } or { Status: RunStatus.Suspended, IsNextAttempt: false } || driver.IsFinal
            ? end
            : end with { FailingSet = [.. end.FailingSet.Union(_canceledWork).Union(driver.MissedFailures(completions)).Order()] };

    private async Task<CommitResult> CommitKnowinglyAsync(RunCommit commit)
    {
        await driver.LearnCancellationAsync();
        commit = Knowing(commit);
        _writtenEnd = commit.Transition;
        return await RunCommitter.CommitAsync(driver.Engine, commit, driver.Held);
    }

    // The commit as one that knows of the cancellation. The code has not been told: what would have been the end of this pass is none, and the next one is told.
    private RunCommit Knowing(RunCommit commit)
    {
        commit = commit with { KnowsCancellation = true };
        if (commit.Transition is not { Status: RunStatus.Completed or RunStatus.Failed or RunStatus.Suspended })
            return commit;
        return commit with
        {
            Transition = new RunTransition { Status = RunStatus.Pending },
            Cleared = [.. commit.Cleared.Except(_clearedAtEnd)],
            // Its place stays: what stands behind it has its number already.
            Checkpoints = [.. commit.Checkpoints.Select(static checkpoint => checkpoint.Kind == CheckpointKind.RunAttempt ? checkpoint with { Status = CheckpointStatus.Cleared } : checkpoint)],
        };
    }

    private (RunCommit Commit, List<(DurableCall? Call, CheckpointRecord Record)> Completions) Take()
    {
        lock (_gate)
        {
            var completions = _waiting;
            var commit = new RunCommit
            {
                RunId = driver.RunId,
                Epoch = driver.Epoch,
                // One commit is under way at a time: what has a lower number is stored.
                LastSequence = completions.Count == 0 ? _lastSequence : completions[0].Record.Sequence - 1,
                Checkpoints = completions.Count == 1 ? [completions[0].Record] : [.. completions.Select(static c => c.Record)],
                Cleared = _transition is null ? _cleared : [.. _cleared, .. _clearedAtEnd],
                Effects = _effects?.ToEffects(),
                KnowsCancellation = _transition is null ? driver.KnowsCancellation : _endKnowsCancellation,
                Transition = WithUndelivered(_transition, completions),
            };
            _underWay = completions;
            _waiting = [];
            _cleared = _cleared.Count == 0 ? _cleared : [];
            _transition = null;
            _effects = null;
            return (commit, completions);
        }
    }

    private CheckpointRecord Record(string stepId, CheckpointKind kind, long fingerprint, in StepOutcome outcome)
    {
        ++_lastSequence;
        if (_loops is not null)
            Account(stepId, _lastSequence);
        return new CheckpointRecord
        {
            Sequence = _lastSequence,
            StepId = stepId,
            Kind = kind,
            Status = outcome.Status,
            Attempt = outcome.Attempt,
            Epoch = driver.Epoch,
            Fingerprint = fingerprint,
            BuildId = driver.Engine.BuildId,
            StartedAt = outcome.StartedAt,
            CompletedAt = outcome.CompletedAt,
            Wait = outcome.Wait,
            Arguments = outcome.Arguments,
            Result = outcome.Result,
            Error = outcome.Error is null ? default : StoredError.Write(outcome.Error),
        };
    }
}
