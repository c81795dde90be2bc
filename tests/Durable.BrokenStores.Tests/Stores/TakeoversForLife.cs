using System.Collections.Concurrent;

namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Counts how often a run was taken over in all its life, whatever was stored in between: a long one is set aside for the crashes of years.</summary>
internal sealed class TakeoversForLife(IRunStore inner) : DelegatingStore(inner)
{
    private readonly ConcurrentDictionary<string, int> _takeovers = [];

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = await Inner.ClaimRunsAsync(request, cancellationToken);
        return [.. claimed.Select(run => run with { Takeovers = _takeovers.AddOrUpdate(run.RunId, run.Takeovers, (_, known) => run.Takeovers > 0 ? known + 1 : known) })];
    }
}
