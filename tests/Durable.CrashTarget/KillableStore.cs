using Durable.Storage;
using Durable.Testing.Crashes;

namespace Durable.CrashTarget;

/// <summary>The store, with places to die before and after each write, a trace of what was written, and a word about standing by.</summary>
public sealed class KillableStore(IRunStore inner, KillSwitch killSwitch, TraceFile trace) : DelegatingStore(inner)
{
    public override async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("standing by");
        await Inner.EnterAsWorkerAsync(cancellationToken);
        Console.WriteLine("working");
    }

    public override async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        killSwitch.Reach(CrashMoment.BeforeCreate);
        var result = await Inner.CreateRunAsync(run, cancellationToken);
        killSwitch.Reach(CrashMoment.AfterCreate);
        return result;
    }

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var runs = await Inner.ClaimRunsAsync(request, cancellationToken);
        if (runs.Count > 0)
            killSwitch.Reach(CrashMoment.AfterClaim);
        return runs;
    }

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        killSwitch.Reach(CrashMoment.BeforeCommit);
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (result == CommitResult.Committed)
            trace.Add(commit.Checkpoints.Where(record => record.Kind is CheckpointKind.Step or CheckpointKind.StepAttempt).Select(record => $"{(record.Kind == CheckpointKind.StepAttempt ? "attempt" : "outcome")} {Environment.ProcessId} {commit.RunId} {record.StepId} {record.Attempt}").Prepend($"commit {Environment.ProcessId} {commit.RunId}"));
        if (result == CommitResult.Committed && commit.Transition is { Status: RunStatus.Pending })
            trace.Add([$"release {Environment.ProcessId} {commit.RunId}"]);
        killSwitch.Reach(CrashMoment.AfterCommit);
        return result;
    }

    public override async ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        killSwitch.Reach(CrashMoment.BeforeResume);
        var found = await Inner.ResumeRunAsync(request, cancellationToken);
        var cleared = (await Inner.ReadCheckpointsAsync(request.RunId, cancellationToken)).Where(record => record.Status == CheckpointStatus.Cleared);
        trace.Add(cleared.Select(record => $"clear {Environment.ProcessId} {request.RunId} {record.StepId}"));
        killSwitch.Reach(CrashMoment.AfterResume);
        return found;
    }
}
