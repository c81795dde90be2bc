namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Lets children go on whatever was said when they were started.</summary>
internal sealed class IgnoresClosePolicy(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(
            commit.Effects is { } effects ? commit with { Effects = effects with { Children = [.. effects.Children.Select(child => child with { ClosePolicy = ParentClosePolicy.Abandon })] } } : commit,
            cancellationToken);
}
