namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Keeps no time for a request: whenever an answer comes, it is accepted.</summary>
internal sealed class AcceptsLateAnswer(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(
            commit.Effects is { } effects ? commit with { Effects = effects with { Requests = [.. effects.Requests.Select(request => request with { Timeout = null })] } } : commit,
            cancellationToken);
}
