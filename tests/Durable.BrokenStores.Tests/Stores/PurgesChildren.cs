namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Removes children that have ended, whether their parent still asks for them or not.</summary>
internal sealed class PurgesChildren(IRunStore inner) : DelegatingStore(inner)
{
    private readonly HashSet<string> _purged = [];

    public override async ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        var purged = await Inner.PurgeRunsAsync(request, cancellationToken);
        foreach (var run in await Inner.ListRunsAsync(new RunQuery { Statuses = request.Statuses, Max = DurableLimits.MaxPageSize }, cancellationToken))
            purged += run.Parent is not null && _purged.Add(run.RunId) ? 1 : 0;
        return purged;
    }

    public override async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => _purged.Contains(runId) ? null : await Inner.FindRunAsync(runId, cancellationToken);
}
