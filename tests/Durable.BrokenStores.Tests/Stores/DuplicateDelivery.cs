using System.Collections.Concurrent;

namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Gives a run that one worker has claimed to the next worker that asks as well.</summary>
internal sealed class DuplicateDelivery(IRunStore inner) : DelegatingStore(inner)
{
    private readonly ConcurrentQueue<RunRecord> _given = [];

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = await Inner.ClaimRunsAsync(request, cancellationToken);
        if (claimed.Count == 0 && request.Max > 0 && _given.TryPeek(out var given) && given.Worker != request.Worker && request.Workflows.Contains(given.Workflow) && _given.TryDequeue(out _))
            return [given];
        foreach (var run in claimed)
            _given.Enqueue(run);
        return claimed;
    }
}
