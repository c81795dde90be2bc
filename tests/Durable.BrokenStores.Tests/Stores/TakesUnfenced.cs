namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Takes messages for whoever comes, also where it writes nothing else for him.</summary>
internal sealed class TakesUnfenced(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (result == CommitResult.Fenced && commit.Effects is { Taken: { Count: > 0 } taken } && await Inner.FindRunAsync(commit.RunId, cancellationToken) is { } run)
            await Inner.CommitAsync(new RunCommit { RunId = run.RunId, Epoch = run.Epoch, KnowsCancellation = true, Effects = new RunEffects { Taken = taken } }, cancellationToken);
        return result;
    }
}
