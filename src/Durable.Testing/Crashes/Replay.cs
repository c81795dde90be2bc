using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>Executes a run once more over nothing but what is stored of it: the code must come to the same end, and no body may have to run.</summary>
internal static class Replay
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);

    /// <summary>Says what does not follow from what is stored, or null.</summary>
    public static string? Check(CrashTrial trial, SweptRun run, RunImage image)
    {
        // Nothing is promised of the end of a run that an operator has to look at.
        if (image.Run.Status == RunStatus.Quarantined)
            return null;
        var replay = new CrashTrial(trial.Subject with { Runs = [run], Options = trial.Subject.Options with { Resumes = 0 } }, [], trial.World with { Check = null }) { HoldsBodies = true };
        Prepare(replay, run, image);
        if (!replay.Run())
            return replay.Held is { } step
                ? $"replaying what is stored of the run needs the body of {step}, which ran, but has no checkpoint."
                : "replaying what is stored of the run comes to no end.";
        var replayed = replay.Image(run.RunId);
        return replayed.EndsLike(image)
            ? null
            : $"replaying what is stored of the run does not lead to its outcome, so the code between the steps is not deterministic.\n  stored:   {image.DescribeEnd()}\n  replayed: {replayed.DescribeEnd()}";
    }

    private static void Prepare(CrashTrial replay, SweptRun run, RunImage image)
    {
        var store = replay.Store;
        // Code may have been told when its run was created.
        replay.AdvanceTo(image.Run.CreatedAt);
        Done(store.CreateRunAsync(
            new NewRun { RunId = run.RunId, Workflow = image.Run.Workflow, Input = image.Run.Input, Fingerprint = image.Run.Fingerprint, Timeout = image.Run.Deadline - image.Run.CreatedAt },
            default));
        for (var attempt = 1; attempt < image.Run.Attempt; attempt++)
        {
            Commit(store, image, [], new RunTransition { Status = RunStatus.Failed });
            Done(store.ResumeRunAsync(new ResumeRequest(run.RunId, AcceptDivergence: false), default));
        }

        Commit(store, image, image.Checkpoints, transition: null);
        if (!image.Run.Cancellation.IsEmpty)
            Done(store.CancelRunAsync(new CancelRequest(run.RunId, image.Run.Cancellation), default));
        replay.LeasesEndIn(s_lease);
        replay.PassLeases();
        var ledger = replay.Ledger(run.RunId);
        ledger.IsAcknowledged = true;
        ledger.Load(image.Checkpoints);
    }

    private static void Commit(InMemoryStore store, RunImage image, IReadOnlyList<CheckpointRecord> checkpoints, RunTransition? transition)
    {
        var claimed = Done(store.ClaimRunsAsync(new ClaimRequest { Worker = "replay", Max = 1, Lease = s_lease, Workflows = [image.Run.Workflow] }, default));
        Done(store.CommitAsync(new RunCommit { RunId = claimed[0].RunId, Epoch = claimed[0].Epoch, Checkpoints = checkpoints, Transition = transition }, default));
    }

    // The in-memory store does everything at once.
    private static T Done<T>(ValueTask<T> call) => call.GetAwaiter().GetResult();
}
