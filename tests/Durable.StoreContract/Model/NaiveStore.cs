namespace Durable.Storage.Contract.Model;

/// <summary>
/// The promises of <see cref="IRunStore"/> in the plainest words there are: one list, looked through from the start each time. It is slow, serves one caller at a time,
/// and is to be checked by reading it. What the real stores answer is compared with it.
/// </summary>
internal sealed partial class NaiveStore(TimeProvider clock) : IRunStore
{
    private readonly List<NaiveRun> _all = [];
    private long _purgedEpoch;

    public IEnumerable<RunRecord> Runs => _all.Select(one => one.Record);

    private DateTimeOffset Now => clock.GetUtcNow();

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken) => default;

    public ValueTask DisposeAsync() => default;

    /// <summary>The only worker died: what it left running is due at once.</summary>
    public void FreeOrphans()
    {
        foreach (var one in _all.Where(one => one.Stored.Status == RunStatus.Running && one.Due > Now))
            one.Due = Now;
    }

    public ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        CommitRules.Check(run);
        if (Find(run.RunId) is { } existing)
            return new(new CreateRunResult(Created: false, existing.Record));

        return new(new CreateRunResult(Created: true, Create(run, null, null).Record));
    }

    private NaiveRun Create(NewRun run, NaiveRun? parent, RunParent? link)
    {
        var created = new NaiveRun
        {
            Parent = parent,
            Due = Now,
            Stored = new RunRecord
            {
                RunId = run.RunId,
                Workflow = run.Workflow,
                Status = RunStatus.Pending,
                Epoch = _purgedEpoch,
                Attempt = 1,
                Input = run.Input,
                Fingerprint = run.Fingerprint,
                LastSequence = 0,
                CreatedAt = Now,
                Deadline = Now + run.Timeout,
                Parent = link,
            },
        };
        created.Checkpoints.AddRange(run.Checkpoints.Select(given => given with { DueAt = Now + given.Wait }));
        created.ClaimedSequence = created.Record.LastSequence;
        _all.Add(created);
        return created;
    }

    public ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        // OrderBy is stable: runs due at the same instant stay in the order of creation.
        var due = _all
            .Where(one => request.Workflows.Contains(one.Stored.Workflow))
            .Where(one => one.Stored.Status == RunStatus.Pending || (one.Stored.Status is RunStatus.Running or RunStatus.Suspended && one.Due <= Now))
            .OrderBy(one => one.Due)
            .Take(request.Max)
            .ToArray();
        foreach (var one in due)
        {
            one.Due = Now + request.Lease;
            one.CountTakeover();
            one.Stored = one.Stored with { Status = RunStatus.Running, Epoch = one.Stored.Epoch + 1, Worker = request.Worker, WakesAt = null };
        }

        return new([.. due.Select(one => one.Record with { ClaimedAt = Now })]);
    }

    public ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        CommitRules.Check(commit);
        if (FindHeld(commit.RunId, commit.Epoch) is not { } one)
            return new(CommitResult.Fenced);
        if (!one.Stored.Cancellation.IsEmpty && !commit.KnowsCancellation)
            return new(CommitResult.CancelRequested);
        if (commit.LastSequence is { } known && known > one.Record.LastSequence)
            throw CommitRules.BelowKnown(commit.RunId, known, one.Record.LastSequence);
        if (commit.Checkpoints.FirstOrDefault() is { } first && first.Sequence <= one.Record.LastSequence)
            throw CommitRules.NotAboveLast(commit.RunId, first.Sequence, one.Record.LastSequence);

        one.Checkpoints.AddRange(commit.Checkpoints.Select(given => given with { DueAt = Now + given.Wait }));
        one.Clear(commit.Cleared);
        if (commit.Effects is { } effects)
            TakeEffect(one, effects);
        if (commit.Transition is { Continuation: { } continuation })
        {
            GoOnAnew(one, continuation);
        }
        else if (commit.Transition is { Status: RunStatus.Pending })
        {
            one.Wake(Now);
        }
        else if (commit.Transition is { Status: RunStatus.Suspended } suspension)
        {
            one.AwaitsMessages = suspension.AwaitsMessagesAfter is not null;
            one.Due = Now + suspension.Wait ?? DateTimeOffset.MaxValue;
            one.Stored = one.Stored with { Status = RunStatus.Suspended, WakesAt = Now + suspension.Wait };
            if (suspension.IsNextAttempt)
            {
                one.Clear(suspension.FailingSet);
                one.Stored = one.Stored with { Attempt = one.Stored.Attempt + 1 };
            }

            if (one.Stored.LastMessage > suspension.AwaitsMessagesAfter)
                one.Wake(Now);
        }
        else if (commit.Transition is { } end)
        {
            End(one, end);
        }

        return new(CommitResult.Committed);
    }

    public ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        foreach (var lease in renewal.Leases)
        {
            if (FindHeld(lease.RunId, lease.Epoch) is { } one)
                one.Due = Now + renewal.Lease;
        }

        return new(new RenewedLeases(
            Lost: [.. renewal.Leases.Where(lease => FindHeld(lease.RunId, lease.Epoch) is null)],
            CancelRequested: [.. renewal.Leases.Where(lease => FindHeld(lease.RunId, lease.Epoch) is { Stored.Cancellation.IsEmpty: false })])
        {
            Messages = [.. renewal.Leases
                .Where(lease => FindHeld(lease.RunId, lease.Epoch) is { Stored.LastMessage: > 0 })
                .Select(lease => (lease, Find(lease.RunId)!.Stored.LastMessage))],
        });
    }

    public ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => new(Find(runId)?.Record);

    public ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        => new([.. Find(runId)?.Checkpoints ?? []]);

    public ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.RunId) is not { } one)
            return new((RunStatus?)null);

        var found = one.Stored.Status;
        if (one.MayGoOn)
        {
            one.Clear(one.FailingSet);
            one.GoOn(request.AcceptDivergence, Now);
        }

        return new(found);
    }

    public ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
    {
        OperationRules.Check(decision);
        if (Find(decision.RunId) is not { } one || one.Stored.Epoch != decision.Epoch || one.Stored.Attempt != decision.Attempt)
            return new(false);
        if (!one.MayGoOn && one.Stored.Status != RunStatus.Suspended)
            return new(false);

        if (decision.Outcome is { } outcome)
            one.Put(outcome);
        one.Clear(decision.Cleared);
        if (one.MayGoOn)
            one.GoOn(acceptDivergence: false, Now);
        else
            one.Wake(Now);
        return new(true);
    }

    public ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        OperationRules.Check(request);
        if (Find(request.RunId) is not { } one)
            return new((RunStatus?)null);

        var found = one.Stored.Status;
        Cancel(one, request.Error);
        return new(found);
    }

    private void Cancel(NaiveRun one, ReadOnlyMemory<byte> error)
    {
        if (one.Stored.Status is not (RunStatus.Pending or RunStatus.Running or RunStatus.Suspended) || !one.Stored.Cancellation.IsEmpty)
            return;
        one.Stored = one.Stored with { Cancellation = error };
        if (one.Stored.Status == RunStatus.Suspended)
            one.Wake(Now);
    }

    public ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken)
        => new([.. _all.GroupBy(one => (one.Stored.Workflow, one.Stored.Status)).Select(group => new RunCount(group.Key.Workflow, group.Key.Status, group.Count()))]);

    public ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken)
    {
        OperationRules.Check(query);
        return new([.. _all.Select(one => one.Record)
            .Where(run => query.Statuses.Count == 0 || query.Statuses.Contains(run.Status))
            .Where(run => query.Workflow is null || query.Workflow == run.Workflow.Name)
            .Where(run => run.RunId.StartsWith(query.RunIdPrefix ?? "", StringComparison.Ordinal))
            .Where(run => !(run.CreatedAt < query.CreatedFrom) && !(run.CreatedAt >= query.CreatedUntil))
            .Select(run => new RunSummary
            {
                RunId = run.RunId,
                Workflow = run.Workflow,
                Status = run.Status,
                Epoch = run.Epoch,
                Attempt = run.Attempt,
                Error = run.Error,
                CreatedAt = run.CreatedAt,
                WakesAt = run.WakesAt,
                IsCancelRequested = !run.Cancellation.IsEmpty,
                Deadline = run.Deadline,
                Parent = run.Parent,
                Progress = run.Progress,
                EndedAt = run.EndedAt,
            })
            .Where(run => query.After is null || run.Position.CompareTo(query.After.Value) < 0)
            .OrderByDescending(run => run.Position)
            .Take(query.Max)]);
    }

    public ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        OperationRules.Check(request);
        var ended = _all.Where(one => request.Statuses.Contains(one.Stored.Status) && one.Stored.EndedAt <= request.EndedUntil(Now))
            .Where(one => one.Parent is not { HasEnded: false } parent || !_all.Contains(parent))
            .OrderBy(one => one.Stored.EndedAt).Take(request.Max).ToArray();
        foreach (var one in ended)
        {
            _all.Remove(one);
            _requests.RemoveAll(request => request.Stored.RunId == one.Stored.RunId);
            _purgedEpoch = Math.Max(_purgedEpoch, one.Stored.Epoch);
        }

        return new(ended.Length);
    }

    public ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.RunId) is not { } one)
            return new((RunStatus?)null);

        var found = one.Stored.Status;
        if (found is not (RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled))
        {
            End(one, new RunTransition { Status = RunStatus.Canceled, Error = request.Error, IsFinal = true });
        }

        return new(found);
    }

    private NaiveRun? Find(string runId) => _all.SingleOrDefault(one => one.Stored.RunId == runId);

    private NaiveRun? FindHeld(string runId, long epoch)
        => Find(runId) is { } one && one.Stored.Status == RunStatus.Running && one.Stored.Epoch == epoch ? one : null;
}
