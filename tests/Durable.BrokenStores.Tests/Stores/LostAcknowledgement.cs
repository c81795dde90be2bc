namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Acknowledges every commit, and writes only those that let go of the run.</summary>
internal sealed class LostAcknowledgement(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => commit.Transition is null ? new(CommitResult.Committed) : Inner.CommitAsync(commit, cancellationToken);
}
