namespace Durable.Storage.Contract.Faults;

/// <summary>Lets a witness see what takes effect in a store. It stands between the faults and the store, so that it sees also what the hosts never learn.</summary>
internal sealed class WitnessStore(IRunStore inner, Witness witness) : DelegatingStore(inner)
{
    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = await Inner.ClaimRunsAsync(request, cancellationToken);
        foreach (var run in claimed)
            witness.Claimed(run);
        return claimed;
    }

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (result == CommitResult.Committed)
            witness.Committed(commit);
        return result;
    }

    public override async ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        var found = await Inner.ResumeRunAsync(request, cancellationToken);
        if (found is RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined)
            witness.Resumed(request.RunId);
        return found;
    }

    public override async ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
    {
        var decided = await Inner.DecideStepAsync(decision, cancellationToken);
        if (decided)
            witness.Decided(decision);
        return decided;
    }

    public override async ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
    {
        var found = await Inner.TerminateRunAsync(request, cancellationToken);
        if (found is RunStatus.Pending or RunStatus.Running or RunStatus.Suspended or RunStatus.Quarantined)
            witness.Ended(request.RunId, RunStatus.Canceled, []);
        return found;
    }

    public override async ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        var removed = await Inner.PurgeRunsAsync(request, cancellationToken);
        // A scenario purges nothing but its own run, once that has ended.
        if (removed > 0)
            witness.Purged();
        return removed;
    }
}
