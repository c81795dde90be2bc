using Durable;
using Durable.Storage;

namespace Orders;

/// <summary>A store that never learns the outcome of the run that is to stop there.</summary>
public sealed class StoppingStore(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        if (commit is { RunId: "order-end", Transition.Status: RunStatus.Completed })
            await Shop.StopAsync(commit.RunId);
        return await Inner.CommitAsync(commit, cancellationToken);
    }
}
