namespace Durable.Storage.Contract.Model;

/// <summary>
/// The promises of <see cref="IRunStore"/> in the plainest words there are: one list, looked through from the start each time. It is slow, serves one caller at a time,
/// and is to be checked by reading it. What the real stores answer is compared with it.
/// </summary>
internal sealed class NaiveStore(TimeProvider clock) : IRunStore
{
    private readonly List<Entry> _entries = [];

    public IEnumerable<RunRecord> Runs => _entries.Select(entry => entry.Record);

    private DateTimeOffset Now => clock.GetUtcNow();

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken) => default;

    public ValueTask DisposeAsync() => default;

    /// <summary>The only worker died: what it left running is due at once.</summary>
    public void FreeOrphans()
    {
        foreach (var entry in _entries.Where(entry => entry.Run.Status == RunStatus.Running && entry.Due > Now))
            entry.Due = Now;
    }

    public ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        if (Find(run.RunId) is { } existing)
            return new(new CreateRunResult(Created: false, existing.Record));

        var created = new Entry
        {
            Due = Now,
            Run = new RunRecord
            {
                RunId = run.RunId,
                Workflow = run.Workflow,
                Status = RunStatus.Pending,
                Epoch = 0,
                Attempt = 1,
                Input = run.Input,
                Fingerprint = run.Fingerprint,
                LastSequence = 0,
                CreatedAt = Now,
            },
        };
        _entries.Add(created);
        return new(new CreateRunResult(Created: true, created.Record));
    }

    public ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        // OrderBy is stable: runs due at the same instant stay in the order of creation.
        var due = _entries
            .Where(entry => request.Workflows.Contains(entry.Run.Workflow))
            .Where(entry => entry.Run.Status == RunStatus.Pending || (entry.Run.Status == RunStatus.Running && entry.Due <= Now))
            .OrderBy(entry => entry.Due)
            .Take(request.Max)
            .ToArray();
        foreach (var entry in due)
        {
            entry.Due = Now + request.Lease;
            entry.Run = entry.Run with { Status = RunStatus.Running, Epoch = entry.Run.Epoch + 1, Worker = request.Worker };
        }

        return new([.. due.Select(entry => entry.Record)]);
    }

    public ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        CommitRules.Check(commit);
        if (FindHeld(commit.RunId, commit.Epoch) is not { } entry)
            return new(CommitResult.Fenced);
        if (commit.Checkpoints.FirstOrDefault() is { } first && first.Sequence <= entry.Record.LastSequence)
            throw CommitRules.NotAboveLast(commit.RunId, first.Sequence, entry.Record.LastSequence);

        entry.Checkpoints.AddRange(commit.Checkpoints);
        entry.Clear(commit.Cleared);
        if (commit.Transition is { Status: RunStatus.Pending })
        {
            entry.Due = Now;
            entry.Run = entry.Run with { Status = RunStatus.Pending };
        }
        else if (commit.Transition is { } end)
        {
            entry.FailingSet = end.FailingSet;
            entry.Run = entry.Run with { Status = end.Status, Result = end.Result, Error = end.Error, EndedAt = Now, AcceptDivergence = false };
        }

        return new(CommitResult.Committed);
    }

    public ValueTask<IReadOnlyList<RunLease>> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        foreach (var lease in renewal.Leases)
        {
            if (FindHeld(lease.RunId, lease.Epoch) is { } entry)
                entry.Due = Now + renewal.Lease;
        }

        return new([.. renewal.Leases.Where(lease => FindHeld(lease.RunId, lease.Epoch) is null)]);
    }

    public ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => new(Find(runId)?.Record);

    public ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        => new([.. Find(runId)?.Checkpoints ?? []]);

    public ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.RunId) is not { } entry)
            return new((RunStatus?)null);

        var found = entry.Run.Status;
        if (found is RunStatus.Failed or RunStatus.Quarantined)
        {
            entry.Clear(entry.FailingSet);
            entry.Due = Now;
            entry.Run = entry.Run with
            {
                Status = RunStatus.Pending,
                Attempt = entry.Run.Attempt + 1,
                AcceptDivergence = request.AcceptDivergence,
                Error = default,
                EndedAt = null,
            };
        }

        return new(found);
    }

    public ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken)
        => new([.. _entries.GroupBy(entry => (entry.Run.Workflow, entry.Run.Status)).Select(group => new RunCount(group.Key.Workflow, group.Key.Status, group.Count()))]);

    private Entry? Find(string runId) => _entries.SingleOrDefault(entry => entry.Run.RunId == runId);

    private Entry? FindHeld(string runId, long epoch)
        => Find(runId) is { } entry && entry.Run.Status == RunStatus.Running && entry.Run.Epoch == epoch ? entry : null;

    private sealed class Entry
    {
        public required RunRecord Run { get; set; }

        /// <summary>Since when it waits, or until when its lease holds.</summary>
        public required DateTimeOffset Due { get; set; }

        public List<CheckpointRecord> Checkpoints { get; } = [];

        public IReadOnlyList<long> FailingSet { get; set; } = [];

        public RunRecord Record => Run with { LastSequence = Checkpoints.LastOrDefault()?.Sequence ?? 0 };

        public void Clear(IReadOnlyList<long> sequences)
        {
            for (var index = 0; index < Checkpoints.Count; index++)
            {
                if (sequences.Contains(Checkpoints[index].Sequence))
                    Checkpoints[index] = Checkpoints[index] with { Status = CheckpointStatus.Cleared };
            }
        }
    }
}
