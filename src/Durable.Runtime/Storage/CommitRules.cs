namespace Durable.Storage;

/// <summary>What is wrong with a commit, or with a new run, whatever the store holds. Every store checks it first, so that all refuse the same mistakes with the same words.</summary>
public static class CommitRules
{
    /// <summary>Checks that sequences ascend, that texts can be kept (<see cref="StoredText"/>), that no wait is negative, and that the transition leads to a status that a worker may leave a run in, with a wait where that is a suspension.</summary>
    /// <param name="commit">The commit.</param>
    /// <exception cref="ArgumentException">The commit is a mistake in the caller's code.</exception>
    public static void Check(RunCommit commit)
    {
        CheckCheckpoints(commit.RunId, commit.Checkpoints);
        if (commit.Effects is { } effects)
            MessageRules.Check(commit, effects);
        if (commit.Transition is not { } transition)
            return;
        CheckTransition(commit.RunId, transition);
        if (commit.KnowsCancellation && transition.Status == RunStatus.Completed)
            throw new ArgumentException($"Run '{commit.RunId}': a run that is to be canceled cannot complete.", nameof(commit));
    }

    /// <summary>Checks the texts, the timeout, and the checkpoints as those of a commit.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="ArgumentException">The run is a mistake in the caller's code.</exception>
    public static void Check(NewRun run)
    {
        StoredText.Check(run.RunId, "run id");
        StoredText.Check(run.Workflow.Name, "workflow name");
        if (run.Timeout < TimeSpan.Zero)
            throw new ArgumentException($"Run '{run.RunId}': its timeout {run.Timeout} is negative. Nothing was written.", nameof(run));
        CheckCheckpoints(run.RunId, run.Checkpoints);
    }

    /// <summary>When something is due that waits from now on. What would be later than any time there is, is due at the last one.</summary>
    /// <param name="now">The store's clock.</param>
    /// <param name="wait">How long it waits.</param>
    public static DateTimeOffset DueAt(DateTimeOffset now, TimeSpan wait) => wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue;

    /// <summary>The checkpoint as it is stored.</summary>
    /// <param name="checkpoint">The checkpoint as it was given.</param>
    /// <param name="now">The store's clock.</param>
    public static CheckpointRecord Stamp(CheckpointRecord checkpoint, DateTimeOffset now)
        => checkpoint is { Wait: null, DueAt: null } ? checkpoint : checkpoint with { DueAt = checkpoint.Wait is { } wait ? DueAt(now, wait) : null };

    /// <summary><see cref="RunRecord.Takeovers"/> of a run that is being claimed.</summary>
    /// <param name="found">The run as it was found.</param>
    /// <param name="hasProgressed">True when a checkpoint was stored since the claim before.</param>
    public static int Takeovers(RunRecord found, bool hasProgressed) => (found.Status, hasProgressed) switch
    {
        (RunStatus.Running, true) => 1,
        (RunStatus.Running, false) => found.Takeovers + 1,
        (_, true) => 0,
        _ => found.Takeovers,
    };

    /// <summary>The error for a checkpoint whose sequence is not above the run's last.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sequence">The sequence given.</param>
    /// <param name="last">The sequence that it has to be above.</param>
    public static ArgumentException NotAboveLast(string runId, long sequence, long last)
        => new($"Run '{runId}': checkpoint sequence {sequence} is not above {last}, the last before it. Nothing was written.");

    /// <summary>Checks one checkpoint: its texts and its wait.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <exception cref="ArgumentException">It is a mistake in the caller's code.</exception>
    internal static void Check(string runId, CheckpointRecord checkpoint)
    {
        StoredText.Check(checkpoint.StepId, "step id");
        StoredText.Check(checkpoint.BuildId, "build id");
        if (checkpoint.Wait < TimeSpan.Zero)
            throw new ArgumentException($"Run '{runId}': checkpoint {checkpoint.Sequence} waits {checkpoint.Wait}, which is negative. Nothing was written.", nameof(checkpoint));
    }

    /// <summary>The error for a run that has lost checkpoints which its holder has seen stored.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">The last sequence that the holder knows.</param>
    /// <param name="last">The last sequence that is there.</param>
    public static RunDamagedException BelowKnown(string runId, long known, long last)
        => new(runId, $"Run '{runId}': checkpoint {known} was stored, and the last one that is there now is {last}. Check the store for damage, restore a backup, or start a new run.");

    private static void CheckCheckpoints(string runId, IReadOnlyList<CheckpointRecord> checkpoints)
    {
        var last = 0L;
        foreach (var checkpoint in checkpoints)
        {
            if (checkpoint.Sequence <= last)
                throw NotAboveLast(runId, checkpoint.Sequence, last);
            last = checkpoint.Sequence;
            Check(runId, checkpoint);
        }
    }

    private static void CheckTransition(string runId, RunTransition transition)
    {
        if (transition.Status == RunStatus.Running)
            throw new ArgumentException($"Run '{runId}': a worker cannot let go of a run as {transition.Status}.", nameof(transition));
        if (transition is { IsFinal: true, Status: not (RunStatus.Failed or RunStatus.Canceled) })
            throw new ArgumentException($"Run '{runId}': a run that is let go of as {transition.Status} is not final.", nameof(transition));
        if (transition is { IsNextAttempt: true, Status: not RunStatus.Suspended })
            throw new ArgumentException($"Run '{runId}': a run that is let go of as {transition.Status} has no next attempt.", nameof(transition));
        if (transition is { Continuation: not null, Status: not RunStatus.Pending })
            throw new ArgumentException($"Run '{runId}': a run that is let go of as {transition.Status} does not go on from its beginning.", nameof(transition));
        if (transition.Continuation is { } continuation)
            StoredText.Check(continuation.Workflow.Name, "workflow name");
        var waits = transition.Wait is not null || transition.AwaitsMessagesAfter is not null;
        if (transition.Status == RunStatus.Suspended != waits || transition.Wait < TimeSpan.Zero)
            throw new ArgumentException($"Run '{runId}': a wait of {transition.Wait?.ToString() ?? "nothing"} does not go with {transition.Status}. A suspended run needs one that is not negative, or messages to wait for; any other has none.", nameof(transition));
    }
}
