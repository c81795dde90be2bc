namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Looks for due runs and takes them in two moves: who looks in between finds the same runs.</summary>
internal sealed class NonAtomicClaim(IRunStore inner) : DelegatingStore(inner)
{
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<RunRecord>>? _looking;

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<RunRecord>> looking;
        lock (_gate)
            looking = _looking ??= LookAndTakeAsync(request, cancellationToken);
        return [.. (await looking).Where(run => request.Workflows.Contains(run.Workflow)).Take(request.Max)];
    }

    private async Task<IReadOnlyList<RunRecord>> LookAndTakeAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        // The moment between the two moves: long enough that the others come within it also where the machine has something else to do.
        for (var i = 0; i < 500; i++)
            await Task.Yield();
        lock (_gate)
            _looking = null;
        return await Inner.ClaimRunsAsync(request, cancellationToken);
    }
}
