namespace Durable.Storage;

// What operators ask for: listing, purging, terminating.
public sealed partial class InMemoryStore
{
    // New runs begin above the epochs of purged ones: a commit meant for a purged run never fits one that took its id.
    private long _purgedEpoch;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        OperationRules.Check(query);
        lock (_lock)
            return new(_index.List(query).Take(query.Max).Select(run => run.Summary()).ToArray());
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        OperationRules.Check(request);
        lock (_lock)
        {
            var purged = request.EndedUntil(_clock.GetUtcNow()) is { } until ? _index.Ended(request.Statuses, until, run => LivingParent(run) is null).Take(request.Max).ToArray() : [];
            foreach (var run in purged)
            {
                _index.Remove(run);
                _runs.Remove(run.RunId);
                _requests.Forget(run.RunId);
                _purgedEpoch = Math.Max(_purgedEpoch, run.Epoch);
            }

            return new(purged.Length);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        lock (_lock)
        {
            if (!_runs.TryGetValue(request.RunId, out var run))
                return new((RunStatus?)null);

            var found = run.Status;
            if (!run.HasEnded)
                Terminate(run, request.Error);
            return new(found);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        OperationRules.Check(request);
        lock (_lock)
        {
            if (!_runs.TryGetValue(request.RunId, out var run))
                return new((RunStatus?)null);

            var found = run.Status;
            Cancel(run, request.Error, _clock.GetUtcNow());
            return new(found);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
    {
        ThrowIfRefused(cancellationToken);
        OperationRules.Check(decision);
        lock (_lock)
        {
            if (!_runs.TryGetValue(decision.RunId, out var run) || run.IsFinal || run.Epoch != decision.Epoch || run.Attempt != decision.Attempt
                || run.Status is not (RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined or RunStatus.Suspended))
                return new(false);

            if (decision.Outcome is { } outcome)
                run.CheckPlace(outcome.Sequence);
            Change(run, () => run.Decide(decision));
            QueueOf(run).AddReady(run, _clock.GetUtcNow());
            return new(true);
        }
    }
}
