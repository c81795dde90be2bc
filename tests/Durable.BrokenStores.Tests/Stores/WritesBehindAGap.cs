namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Does not look at what a commit builds on: what was lost below it stays lost, and the run goes on behind the gap.</summary>
internal sealed class WritesBehindAGap(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken) => Inner.CommitAsync(commit with { LastSequence = null }, cancellationToken);
}
