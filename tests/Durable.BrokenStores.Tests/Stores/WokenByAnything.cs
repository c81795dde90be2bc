namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Wakes a run that waits for a time when a message comes.</summary>
internal sealed class WokenByAnything(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(
            commit.Transition is { Status: RunStatus.Suspended, AwaitsMessagesAfter: null } suspension ? commit with { Transition = suspension with { AwaitsMessagesAfter = long.MaxValue } } : commit,
            cancellationToken);
}
