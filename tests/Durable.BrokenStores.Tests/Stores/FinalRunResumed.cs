namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Does not keep that an end is for good: a run of which part was undone is resumed.</summary>
internal sealed class FinalRunResumed(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(commit.Transition is { IsFinal: true, Status: RunStatus.Failed or RunStatus.Canceled } end ? commit with { Transition = end with { IsFinal = false } } : commit, cancellationToken);
}
