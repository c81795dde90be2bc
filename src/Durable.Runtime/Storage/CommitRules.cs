namespace Durable.Storage;

/// <summary>What is wrong with a commit whatever the store holds. Every store checks it first, so that all refuse the same mistakes with the same words.</summary>
public static class CommitRules
{
    /// <summary>Checks that sequences ascend, that texts can be kept (<see cref="StoredText"/>), and that the transition leads to a status that a worker may leave a run in.</summary>
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
        }

        if (commit.Transition is { Status: RunStatus.Running or RunStatus.Suspended } transition)
            throw new ArgumentException($"Run '{commit.RunId}': a worker cannot let go of a run as {transition.Status}.", nameof(commit));
    }

    /// <summary>The error for a checkpoint whose sequence is not above the run's last.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sequence">The sequence given.</param>
    /// <param name="last">The sequence that it has to be above.</param>
    public static ArgumentException NotAboveLast(string runId, long sequence, long last)
        => new($"Run '{runId}': checkpoint sequence {sequence} is not above {last}, the last before it. Nothing was written.");
}
