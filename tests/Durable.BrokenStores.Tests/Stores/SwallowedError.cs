namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Reports a commit that failed as one that was stored.</summary>
internal sealed class SwallowedError(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.CommitAsync(commit, cancellationToken);
        }
        catch (Exception)
        {
            return CommitResult.Committed;
        }
    }
}
