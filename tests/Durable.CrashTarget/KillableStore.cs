using Durable.Storage;

namespace Durable.CrashTarget;

/// <summary>The store, with places to die before and after each write, and a word about standing by.</summary>
public sealed class KillableStore(IRunStore inner, KillSwitch killSwitch) : DelegatingStore(inner)
{
    private volatile bool _hasRuns;

    public override async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("standing by");
        await Inner.EnterAsWorkerAsync(cancellationToken);
        Console.WriteLine("working");
    }

    public override async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        killSwitch.Reach(Moment.BeforeCreate);
        var result = await Inner.CreateRunAsync(run, cancellationToken);
        _hasRuns = true;
        killSwitch.Reach(Moment.AfterCreate);
        return result;
    }

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (_hasRuns)
            killSwitch.Reach(Moment.BeforeClaim);
        var runs = await Inner.ClaimRunsAsync(request, cancellationToken);
        if (runs.Count > 0)
            killSwitch.Reach(Moment.AfterClaim);
        return runs;
    }

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        killSwitch.Reach(Moment.BeforeCommit);
        var result = await Inner.CommitAsync(commit, cancellationToken);
        killSwitch.Reach(Moment.AfterCommit);
        return result;
    }
}
