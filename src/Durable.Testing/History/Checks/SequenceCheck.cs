namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.GaplessSequence"/>.</summary>
internal static class SequenceCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run) => [.. Accepted(run), .. Read(run)];

    private static IEnumerable<HistoryViolation> Accepted(RunFacts run)
    {
        var writers = run.Commits.Where(commit => commit.MayBeStored)
            .SelectMany(commit => commit.Checkpoints.Select(checkpoint => (checkpoint.Sequence, Commit: commit)))
            .ToLookup(writer => writer.Sequence, writer => writer.Commit);
        var given = run.Given.Select(checkpoint => checkpoint.Sequence).ToHashSet();
        foreach (var sequence in writers)
        {
            var accepted = sequence.Where(commit => commit.IsAccepted).ToList();
            if (accepted.Count > 1)
                yield return run.Broken(HistoryRule.GaplessSequence, $"checkpoint {sequence.Key} was accepted {accepted.Count} times", accepted.SelectMany(commit => commit.Lines));
            if (accepted.Count > 0 && sequence.Key > 1 && !writers.Contains(sequence.Key - 1) && !given.Contains(sequence.Key - 1))
                yield return run.Broken(HistoryRule.GaplessSequence, $"checkpoint {sequence.Key} was accepted, and nobody wrote {sequence.Key - 1}", accepted[0].Lines);
        }
    }

    private static IEnumerable<HistoryViolation> Read(RunFacts run)
        => from read in run.CheckpointReads
           let wrong = read.Checkpoints!.Where((checkpoint, index) => checkpoint.Sequence != index + 1).FirstOrDefault()
           where wrong is not null
           select run.Broken(HistoryRule.GaplessSequence, $"the store returned checkpoint {wrong.Sequence} in a place that is not its own", read);
}
