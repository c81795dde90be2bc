using System.Collections.Concurrent;

namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Keeps how long a checkpoint waits, not until when: with the next holder of the run, after a crash for one, the wait begins anew.</summary>
internal sealed class WaitBegunAnew(IRunStore inner) : DelegatingStore(inner)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _claimedAt = [];

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = await Inner.ClaimRunsAsync(request, cancellationToken);
        foreach (var run in claimed)
            _claimedAt[run.RunId] = run.ClaimedAt!.Value;
        return claimed;
    }

    public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        => [.. (await Inner.ReadCheckpointsAsync(runId, cancellationToken)).Select(checkpoint => _claimedAt.TryGetValue(runId, out var since) && checkpoint.DueAt < since + checkpoint.Wait ? checkpoint with { DueAt = since + checkpoint.Wait } : checkpoint)];
}
