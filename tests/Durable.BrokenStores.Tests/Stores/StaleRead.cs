using System.Collections.Concurrent;

namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Reads from a copy that lags: the first look at a run after a commit finds it as it was before.</summary>
internal sealed class StaleRead(IRunStore inner) : DelegatingStore(inner)
{
    private readonly ConcurrentDictionary<string, RunRecord> _lagging = [];

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var before = await Inner.FindRunAsync(commit.RunId, cancellationToken);
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (before is not null)
            _lagging[commit.RunId] = before;
        return result;
    }

    public override ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
        => _lagging.TryRemove(runId, out var stale) ? new(stale) : Inner.FindRunAsync(runId, cancellationToken);
}
