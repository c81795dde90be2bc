using Durable;
using Durable.Storage;

namespace OrderProcessing;

/// <summary>The store, with a crash after a commit. All but two verbs only pass through.</summary>
public sealed class CrashingStore(IRunStore inner, CrashPlan plan) : IRunStore
{
    /// <summary>Nothing runs before this returns, so this is the moment to count what lies ahead.</summary>
    public async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
    {
        await inner.EnterAsWorkerAsync(cancellationToken);
        var behind = 0;
        foreach (var runId in plan.Runs)
            behind += (await inner.ReadCheckpointsAsync(runId, cancellationToken)).Count(plan.IsOutcome);
        plan.Arm(behind);
    }

    public async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var result = await inner.CommitAsync(commit, cancellationToken);
        plan.OnCommitted(commit);
        return result;
    }

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken) => inner.CreateRunAsync(run, cancellationToken);

    public ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        => inner.ClaimRunsAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<RunLease>> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        => inner.RenewLeasesAsync(renewal, cancellationToken);

    public ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => inner.FindRunAsync(runId, cancellationToken);

    public ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        => inner.ReadCheckpointsAsync(runId, cancellationToken);

    public ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
        => inner.ResumeRunAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken) => inner.CountRunsAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
