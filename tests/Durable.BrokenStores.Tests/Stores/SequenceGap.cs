namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Loses a checkpoint in the middle when a commit brings several.</summary>
internal sealed class SequenceGap(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(commit.Checkpoints.Count < 2 ? commit : commit with { Checkpoints = [.. commit.Checkpoints.Where((_, index) => index != commit.Checkpoints.Count / 2 - 1)] }, cancellationToken);
}
