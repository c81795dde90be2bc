using System.Diagnostics.CodeAnalysis;

namespace Durable.Storage;

/// <summary>The reference store: every promise of <see cref="IRunStore"/>, except that nothing outlives the process.</summary>
/// <remarks>Payloads are kept as they are given, not copied: whoever hands them over no longer changes them.</remarks>
public sealed partial class InMemoryStore : IRunStore
{
    // One lock over everything: each verb holds it for a few dictionary and list operations, so there is nothing to win by splitting it.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InMemoryRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkflowIdentity, InMemoryQueue> _queues = [];
    private readonly InMemoryIndex _index = new();
    private readonly TimeProvider _clock;
    private long _created;
    private volatile bool _disposed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="clock">The store's clock: leases and times are by it.</param>
    public InMemoryStore(TimeProvider clock) => _clock = clock;

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        CommitRules.Check(run);
        lock (_lock)
        {
            if (_runs.TryGetValue(run.RunId, out var existing))
                return new(new CreateRunResult(Created: false, existing.Snapshot()));

            var now = _clock.GetUtcNow();
            var created = Create(run, now);
            return new(new CreateRunResult(Created: true, created.Snapshot()));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        StoredText.Check(request.Worker, "worker's name");
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var due = new List<InMemoryRun>();
            while (due.Count < request.Max && OldestDue(request.Workflows, now) is { } next)
            {
                // All are taken before one is leased: a lease that is over at once must not bring its run into the same claim again.
                QueueOf(next).Remove(next);
                due.Add(next);
            }

            var claimed = new RunRecord[due.Count];
            for (var index = 0; index < claimed.Length; index++)
            {
                var run = due[index];
                QueueOf(run).AddTimed(run, until: now + request.Lease);
                Change(run, () => run.Claim(request.Worker));
                claimed[index] = run.Snapshot() with { ClaimedAt = now };
            }

            return new(claimed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        CommitRules.Check(commit);
        lock (_lock)
        {
            if (!TryFindHeld(commit.RunId, commit.Epoch, out var run))
                return new(CommitResult.Fenced);
            if (run.IsCancelRequested && !commit.KnowsCancellation)
                return new(CommitResult.CancelRequested);
            if (run.LastSequence < commit.LastSequence)
                throw CommitRules.BelowKnown(commit.RunId, commit.LastSequence.Value, run.LastSequence);

            run.Append(commit.Checkpoints, _clock.GetUtcNow());
            run.Clear(commit.Cleared);
            if (commit.Effects is { } effects)
                TakeEffect(run, effects);
            if (commit.Transition is { } transition)
                LetGo(run, transition);
            return new(CommitResult.Committed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
        {
            var until = _clock.GetUtcNow() + renewal.Lease;
            var (lost, cancelRequested, messages) = (new List<RunLease>(), new List<RunLease>(), new List<(RunLease, long)>());
            foreach (var lease in renewal.Leases)
            {
                if (!TryFindHeld(lease.RunId, lease.Epoch, out var run))
                {
                    lost.Add(lease);
                    continue;
                }

                QueueOf(run).AddTimed(run, until);
                if (run.IsCancelRequested)
                    cancelRequested.Add(lease);
                if (run.Inbox.LastPosition is > 0 and var last)
                    messages.Add((lease, last));
            }

            return new(new RenewedLeases(lost, cancelRequested) { Messages = messages });
        }
    }

    /// <inheritdoc/>
    public ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
            return new(_runs.TryGetValue(runId, out var run) ? run.Snapshot() : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
            return new(_runs.TryGetValue(runId, out var run) ? run.CopyCheckpoints() : []);
    }

    /// <inheritdoc/>
    public ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
        {
            if (!_runs.TryGetValue(request.RunId, out var run))
                return new((RunStatus?)null);

            var found = run.Status;
            if (found is RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined && !run.IsFinal)
            {
                Change(run, () => run.Resume(request.AcceptDivergence));
                QueueOf(run).AddReady(run, _clock.GetUtcNow());
            }

            return new(found);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
        {
            return new(_runs.Values
                .GroupBy(run => (run.Workflow, run.Status))
                .Select(group => new RunCount(group.Key.Workflow, group.Key.Status, group.LongCount()))
                .ToArray());
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return default;
    }

    private void ThrowIfRefused(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
    }

    private InMemoryRun Create(NewRun run, DateTimeOffset now)
    {
        var created = new InMemoryRun(number: _created++, run, _purgedEpoch, now);
        created.Append(run.Checkpoints, now);
        _runs.Add(run.RunId, created);
        _index.Add(created);
        QueueOf(created).AddReady(created, now);
        return created;
    }

    private void LetGo(InMemoryRun run, RunTransition transition)
    {
        var now = _clock.GetUtcNow();
        if (transition.Continuation is { } continuation)
        {
            GoOnAnew(run, continuation, now);
        }
        else if (transition.Status == RunStatus.Pending)
        {
            Change(run, run.Release);
            QueueOf(run).AddReady(run, now);
        }
        else if (transition.Status == RunStatus.Suspended)
        {
            DateTimeOffset? until = transition.Wait is { } wait ? CommitRules.DueAt(now, wait) : null;
            Change(run, () => run.Suspend(transition, until));
            if (transition.AwaitsMessagesAfter < run.Inbox.LastPosition)
                MessageArrived(run, now);
            else if (until is { } due)
                QueueOf(run).AddTimed(run, due);
            else
                QueueOf(run).Remove(run);
        }
        else
        {
            End(run, transition, now);
            if (run.HasEnded)
                CloseAround(run, now);
        }
    }

    private void End(InMemoryRun run, RunTransition transition, DateTimeOffset now)
    {
        Change(run, () => run.End(transition, now));
        QueueOf(run).Remove(run);
    }

    // The lists are by status: a run is taken out of them while it changes.
    private void Change(InMemoryRun run, Action change)
    {
        _index.Remove(run);
        change();
        _index.Add(run);
    }

    private bool TryFindHeld(string runId, long epoch, [NotNullWhen(true)] out InMemoryRun? run)
        => _runs.TryGetValue(runId, out run) && run.Status == RunStatus.Running && run.Epoch == epoch;

    private InMemoryRun? OldestDue(IReadOnlyCollection<WorkflowIdentity> workflows, DateTimeOffset now)
    {
        InMemoryRun? oldest = null;
        foreach (var workflow in workflows)
        {
            if (_queues.TryGetValue(workflow, out var queue) && queue.OldestDue(now) is { } run && (oldest is null || run.CompareTo(oldest) < 0))
                oldest = run;
        }

        return oldest;
    }

    private InMemoryQueue QueueOf(InMemoryRun run)
    {
        if (!_queues.TryGetValue(run.Workflow, out var queue))
            _queues.Add(run.Workflow, queue = new InMemoryQueue());
        return queue;
    }
}
