using Durable.Storage;

namespace Durable.CrashTarget;

/// <summary>The store, with places to die before and after each write, and a word about standing by.</summary>
public sealed class KillableStore(IRunStore inner, KillSwitch killSwitch) : IRunStore
{
    private volatile bool _hasRuns;

    public async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("standing by");
        await inner.EnterAsWorkerAsync(cancellationToken);
        Console.WriteLine("working");
    }

    public async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        killSwitch.Reach(Moment.BeforeCreate);
        var result = await inner.CreateRunAsync(run, cancellationToken);
        _hasRuns = true;
        killSwitch.Reach(Moment.AfterCreate);
        return result;
    }

    public async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (_hasRuns)
            killSwitch.Reach(Moment.BeforeClaim);
        var runs = await inner.ClaimRunsAsync(request, cancellationToken);
        if (runs.Count > 0)
            killSwitch.Reach(Moment.AfterClaim);
        return runs;
    }

    public async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        killSwitch.Reach(Moment.BeforeCommit);
        var result = await inner.CommitAsync(commit, cancellationToken);
        killSwitch.Reach(Moment.AfterCommit);
        return result;
    }

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public ValueTask<IReadOnlyList<RunLease>> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        => inner.RenewLeasesAsync(renewal, cancellationToken);

    public ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => inner.FindRunAsync(runId, cancellationToken);

    public ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        => inner.ReadCheckpointsAsync(runId, cancellationToken);

    public ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
        => inner.ResumeRunAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken) => inner.CountRunsAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
