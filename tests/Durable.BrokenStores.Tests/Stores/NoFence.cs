namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Writes for whoever comes, as long as somebody holds the run.</summary>
internal sealed class NoFence(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => await Inner.FindRunAsync(commit.RunId, cancellationToken) is { } run
            ? await Inner.CommitAsync(commit with { Epoch = run.Epoch }, cancellationToken)
            : CommitResult.Fenced;
}
