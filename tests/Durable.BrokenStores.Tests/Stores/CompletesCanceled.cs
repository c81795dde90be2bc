using System.Collections.Concurrent;

namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Notes a cancellation where commits that end a run do not look: one that was accepted in time completes nevertheless.</summary>
internal sealed class CompletesCanceled(IRunStore inner) : DelegatingStore(inner)
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _reasons = [];

    public override async ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        if (await Inner.FindRunAsync(request.RunId, cancellationToken) is not { Status: RunStatus.Running })
            return await Inner.CancelRunAsync(request, cancellationToken);
        _reasons.TryAdd(request.RunId, request.Error);
        return RunStatus.Running;
    }

    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => commit is { Transition: null, KnowsCancellation: false } && _reasons.ContainsKey(commit.RunId) ? new(CommitResult.CancelRequested) : Inner.CommitAsync(commit, cancellationToken);

    public override async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
        => await Inner.FindRunAsync(runId, cancellationToken) is { } run ? Noted(run) : null;

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        => [.. (await Inner.ClaimRunsAsync(request, cancellationToken)).Select(Noted)];

    public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        var renewed = await Inner.RenewLeasesAsync(renewal, cancellationToken);
        return renewed with { CancelRequested = [.. renewal.Leases.Where(lease => !renewed.Lost.Contains(lease) && _reasons.ContainsKey(lease.RunId))] };
    }

    private RunRecord Noted(RunRecord run) => run.Cancellation.IsEmpty && _reasons.TryGetValue(run.RunId, out var reason) ? run with { Cancellation = reason } : run;
}
