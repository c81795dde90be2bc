namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Begins anew with an empty inbox.</summary>
internal sealed class DropsSignals(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Transition is not { Continuation: not null })
            return await Inner.CommitAsync(commit, cancellationToken);
        var inbox = await Inner.ReadInboxAsync(commit.RunId, 0, cancellationToken);
        return await Inner.CommitAsync(commit with { Effects = (commit.Effects ?? new RunEffects()) with { Taken = [.. inbox.Select(message => message.Position)] } }, cancellationToken);
    }
}
