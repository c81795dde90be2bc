using Durable;
using Durable.Storage;

namespace OrderProcessing;

/// <summary>The store, with a crash after a commit.</summary>
public sealed class CrashingStore(IRunStore inner, CrashPlan plan) : DelegatingStore(inner)
{
    /// <summary>Nothing runs before this returns, so this is the moment to count what lies ahead.</summary>
    public override async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
    {
        await Inner.EnterAsWorkerAsync(cancellationToken);
        var behind = 0;
        foreach (var runId in plan.Runs)
            behind += (await Inner.ReadCheckpointsAsync(runId, cancellationToken)).Count(plan.IsOutcome);
        plan.Arm(behind);
    }

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var result = await Inner.CommitAsync(commit, cancellationToken);
        plan.OnCommitted(commit);
        return result;
    }
}
