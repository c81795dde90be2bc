using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>The store as one host sees it: it tells where the host comes to, and answers nothing once the host is dead.</summary>
internal sealed class CrashableStore(IRunStore inner, CrashHost host, CrashTrial trial) : DelegatingStore(inner)
{
    // More than it takes from an outcome over its delivery to the next body.
    private const int TurnsOfACommit = 4;

    public override async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        await host.ReachAsync(CrashMoment.BeforeCreate);
        var result = await Inner.CreateRunAsync(run, cancellationToken);
        host.Note(result.Created ? $"creates {run.RunId}" : $"starts {run.RunId}, which exists");
        await host.ReachAsync(CrashMoment.AfterCreate);
        return result;
    }

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        await host.AliveAsync();
        var runs = await Inner.ClaimRunsAsync(request, cancellationToken);
        if (runs.Count == 0)
            return runs;
        trial.LeasesEndIn(request.Lease);
        foreach (var run in runs)
        {
            host.Note($"claims {run.RunId} (epoch {run.Epoch}, {run.LastSequence} checkpoints)");
            if (trial.Ledger(run.RunId).Claimed(host.Number) is { } problem)
                trial.Violate(run.RunId, problem);
        }

        await host.ReachAsync(CrashMoment.AfterClaim);
        return runs;
    }

    public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
    {
        await host.AliveAsync();
        var checkpoints = await Inner.ReadCheckpointsAsync(runId, cancellationToken);
        await host.ReachAsync(CrashMoment.AfterLoad);
        return checkpoints;
    }

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        await host.ReachAsync(CrashMoment.BeforeCommit);
        // A store takes its time. What completes meanwhile shares the next commit, and what does not wait for it as it should goes wrong.
        for (var turn = 0; turn < TurnsOfACommit; turn++)
            await Task.Yield();
        await host.AliveAsync();
        var result = await Inner.CommitAsync(commit, cancellationToken);
        host.Note(Describe(commit, result));
        if (result == CommitResult.Committed && trial.Ledger(commit.RunId).Committed(commit) is { } problem)
            trial.Violate(commit.RunId, problem);
        if (result == CommitResult.Committed && commit.Effects is { } effects)
            trial.TookEffect(commit.RunId, effects);
        trial.LetTimeMove(host);
        await host.ReachAsync(CrashMoment.AfterCommit);
        return result;
    }

    public override async ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        await host.ReachAsync(CrashMoment.BeforeResume);
        var found = await Inner.ResumeRunAsync(request, cancellationToken);
        host.Note($"resumes {request.RunId}, which was {found}");
        trial.Ledger(request.RunId).Resumed(await Inner.ReadCheckpointsAsync(request.RunId, cancellationToken));
        await host.ReachAsync(CrashMoment.AfterResume);
        return found;
    }

    // The store outlives its hosts.
    public override ValueTask DisposeAsync() => default;

    protected override async ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call)
    {
        await host.AliveAsync();
        return await call();
    }

    private static string Describe(RunCommit commit, CommitResult result)
    {
        var what = commit.Checkpoints.Select(record => $"{record.StepId} {record.Status} (sequence {record.Sequence})")
            .Concat(commit.Cleared.Select(sequence => $"clears sequence {sequence}"));
        if (commit.Effects is { } effects)
            what = what.Concat(effects.Taken.Select(position => $"takes message {position}")).Concat(effects.Children.Select(child => $"starts {child.Run.RunId}"));
        if (commit.Transition is { } transition)
            what = what.Append($"ends {transition.Status}{(transition.Error.IsEmpty ? "" : $" ({RunImage.Describe(transition.Error)})")}");
        return $"commits {commit.RunId}: {string.Join(", ", what)}{(result == CommitResult.Committed ? "" : $": {result}")}";
    }
}
