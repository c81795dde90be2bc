namespace Durable.Testing.History.Checks;

/// <summary>A checkpoint that is stored for certain: its commit was accepted, or somebody read it.</summary>
/// <param name="Checkpoint">The checkpoint as it was written.</param>
/// <param name="Commit">The commit that wrote it.</param>
/// <param name="KnownAt">Since when it is known to be stored.</param>
internal sealed record StoredFact(HistoryCheckpoint Checkpoint, CommitFact Commit, long KnownAt)
{
    /// <summary>True for an outcome of an earlier incarnation that was stored again in another place.</summary>
    public bool IsCarriedOver => Checkpoint.Epoch != Commit.Epoch;

    public bool IsInterruption => Checkpoint.Status == CheckpointStatus.Interrupted;

    public static IReadOnlyList<StoredFact> Of(RunFacts run)
    {
        var read = new Dictionary<long, (HistoryCheckpoint Checkpoint, long At)>();
        foreach (var line in run.CheckpointReads)
        {
            foreach (var checkpoint in line.Checkpoints!)
                read.TryAdd(checkpoint.Sequence, (checkpoint, line.At));
        }

        var stored = new SortedDictionary<long, StoredFact>();
        // A commit whose fate was unknown may have been repeated: the one that was accepted counts.
        foreach (var commit in run.Commits.Where(commit => commit.MayBeStored).OrderByDescending(commit => commit.IsAccepted))
        {
            foreach (var checkpoint in commit.Checkpoints)
            {
                if (commit.IsAccepted)
                    stored.TryAdd(checkpoint.Sequence, new StoredFact(checkpoint, commit, commit.Answer!.At));
                else if (read.TryGetValue(checkpoint.Sequence, out var seen) && IsSame(seen.Checkpoint, checkpoint))
                    stored.TryAdd(checkpoint.Sequence, new StoredFact(checkpoint, commit, seen.At));
            }
        }

        return [.. stored.Values];
    }

    // The status changes when it is cleared.
    private static bool IsSame(HistoryCheckpoint one, HistoryCheckpoint other)
        => (one.StepId, one.Kind, one.Epoch, one.Attempt, one.Result) == (other.StepId, other.Kind, other.Epoch, other.Attempt, other.Result);
}
