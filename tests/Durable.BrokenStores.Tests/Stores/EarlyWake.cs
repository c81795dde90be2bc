namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Wakes suspended runs early.</summary>
internal sealed class EarlyWake(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(commit.Transition is { Wait: { } wait } suspension ? commit with { Transition = suspension with { Wait = wait * 0.9 } } : commit, cancellationToken);
}
