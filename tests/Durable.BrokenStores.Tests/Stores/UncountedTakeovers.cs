namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Does not count how often a run was taken over: one that kills every process that works on it goes on doing so.</summary>
internal sealed class UncountedTakeovers(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        => [.. (await Inner.ClaimRunsAsync(request, cancellationToken)).Select(run => run with { Takeovers = 0 })];

    public override async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
        => await Inner.FindRunAsync(runId, cancellationToken) is { } run ? run with { Takeovers = 0 } : null;
}
