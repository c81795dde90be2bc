namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.ImmutableResult"/>.</summary>
internal static class ResultCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run) => [.. Stored(run), .. Seen(run)];

    private static IEnumerable<HistoryViolation> Stored(RunFacts run)
    {
        var first = new Dictionary<long, (HistoryCheckpoint Checkpoint, HistoryLine Read)>();
        foreach (var read in run.CheckpointReads)
        {
            foreach (var checkpoint in read.Checkpoints!)
            {
                if (!first.TryGetValue(checkpoint.Sequence, out var known))
                {
                    first.Add(checkpoint.Sequence, (checkpoint, read));
                    if (!run.Commits.Exists(commit => commit.MayBeStored && commit.Checkpoints.Any(written => IsSame(written, checkpoint))) && !run.Given.Any(given => IsSame(given, checkpoint)))
                        yield return run.Broken(HistoryRule.ImmutableResult, $"the store returned checkpoint {checkpoint.Sequence} ({checkpoint.StepId}) as nobody wrote it", [.. Writers(run, checkpoint.Sequence), read]);
                }
                else if (!IsSame(known.Checkpoint, checkpoint) && known.Checkpoint.Status != CheckpointStatus.Completed && run.Decided.Any(decided => IsSame(decided, checkpoint)))
                {
                    // What had not completed stays from here on as its operator decided.
                    first[checkpoint.Sequence] = (checkpoint, read);
                }
                else if (!IsSame(known.Checkpoint, checkpoint))
                {
                    yield return run.Broken(HistoryRule.ImmutableResult, $"checkpoint {checkpoint.Sequence} ({checkpoint.StepId}) has changed", known.Read, read);
                }
            }
        }
    }

    private static IEnumerable<HistoryViolation> Seen(RunFacts run)
    {
        foreach (var step in run.ResultsSeen.GroupBy(seen => seen.StepId, StringComparer.Ordinal))
        {
            var views = step.DistinctBy(seen => seen.Result).ToList();
            if (views.Count > 1)
                yield return run.Broken(HistoryRule.ImmutableResult, $"{views.Count} results of step {step.Key} were seen", views);
            var returned = run.ResultsReturned.Where(line => line.StepId == step.Key).ToList();
            if (returned.Count > 0 && views.Find(view => returned.TrueForAll(line => line.Result != view.Result)) is { } invented)
                yield return run.Broken(HistoryRule.ImmutableResult, $"a result of step {step.Key} was seen that no execution of it returned", [.. returned, invented]);
        }
    }

    private static IEnumerable<HistoryLine> Writers(RunFacts run, long sequence)
        => run.Commits.Where(commit => commit.Checkpoints.Any(written => written.Sequence == sequence)).SelectMany(commit => commit.Lines);

    private static bool IsSame(HistoryCheckpoint one, HistoryCheckpoint other)
        => (one.Sequence, one.StepId, one.Epoch, one.Result) == (other.Sequence, other.StepId, other.Epoch, other.Result);
}
