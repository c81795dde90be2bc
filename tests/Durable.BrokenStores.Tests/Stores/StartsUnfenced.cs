namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Starts children for whoever comes, before it looks whether he holds the run.</summary>
internal sealed class StartsUnfenced(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (result == CommitResult.Fenced)
        {
            foreach (var child in commit.Effects?.Children ?? [])
                await Inner.CreateRunAsync(child.Run, cancellationToken);
        }

        return result;
    }
}
