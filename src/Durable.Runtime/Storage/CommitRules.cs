namespace Durable.Storage;

/// <summary>What is wrong with a commit whatever the store holds. Every store checks it first, so that all refuse the same mistakes with the same words.</summary>
public static class CommitRules
{
    /// <summary>Checks that sequences ascend, that texts can be kept (<see cref="StoredText"/>), that no wait is negative, and that the transition leads to a status that a worker may leave a run in, with a wait where that is a suspension.</summary>
    /// <param name="commit">The commit.</param>
    /// <exception cref="ArgumentException">The commit is a mistake in the caller's code.</exception>
    public static void Check(RunCommit commit)
    {
        var last = 0L;
        foreach (var checkpoint in commit.Checkpoints)
        {
            if (checkpoint.Sequence <= last)
                throw NotAboveLast(commit.RunId, checkpoint.Sequence, last);
            last = checkpoint.Sequence;
            StoredText.Check(checkpoint.StepId, "step id");
            StoredText.Check(checkpoint.BuildId, "build id");
            if (checkpoint.Wait < TimeSpan.Zero)
                throw new ArgumentException($"Run '{commit.RunId}': checkpoint {checkpoint.Sequence} waits {checkpoint.Wait}, which is negative. Nothing was written.", nameof(commit));
        }

        if (commit.Transition is { } transition)
            CheckTransition(commit.RunId, transition);
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

    /// <summary>The error for a checkpoint whose sequence is not above the run's last.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sequence">The sequence given.</param>
    /// <param name="last">The sequence that it has to be above.</param>
    public static ArgumentException NotAboveLast(string runId, long sequence, long last)
        => new($"Run '{runId}': checkpoint sequence {sequence} is not above {last}, the last before it. Nothing was written.");

    private static void CheckTransition(string runId, RunTransition transition)
    {
        if (transition.Status == RunStatus.Running)
            throw new ArgumentException($"Run '{runId}': a worker cannot let go of a run as {transition.Status}.", nameof(transition));
        if (transition is { IsNextAttempt: true, Status: not RunStatus.Suspended })
            throw new ArgumentException($"Run '{runId}': a run that is let go of as {transition.Status} has no next attempt.", nameof(transition));
        if (transition.Status == RunStatus.Suspended != transition.Wait is not null || transition.Wait < TimeSpan.Zero)
            throw new ArgumentException($"Run '{runId}': a wait of {transition.Wait?.ToString() ?? "nothing"} does not go with {transition.Status}. A suspended run needs one that is not negative, any other has none.", nameof(transition));
    }
}
