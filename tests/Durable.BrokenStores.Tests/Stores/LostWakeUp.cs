namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Suspends a run although a message has come that its holder does not know.</summary>
internal sealed class LostWakeUp(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => commit.Transition is { AwaitsMessagesAfter: not null } suspension && await Inner.FindRunAsync(commit.RunId, cancellationToken) is { } run
            ? await Inner.CommitAsync(commit with { Transition = suspension with { AwaitsMessagesAfter = run.LastMessage } }, cancellationToken)
            : await Inner.CommitAsync(commit, cancellationToken);
}
