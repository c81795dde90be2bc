namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.NothingLost"/>.</summary>
internal static class LossCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run) => [.. Checkpoints(run), .. Sequences(run), .. Epochs(run), .. Ends(run)];

    private static IEnumerable<HistoryViolation> Checkpoints(RunFacts run)
    {
        foreach (var read in run.CheckpointReads)
        {
            var present = read.Checkpoints!.Select(checkpoint => checkpoint.Sequence).ToHashSet();
            foreach (var commit in run.Accepted.Where(commit => commit.Span.IsBefore(Span.Of(read))))
            {
                if (commit.Checkpoints.FirstOrDefault(checkpoint => !present.Contains(checkpoint.Sequence)) is { } lost)
                    yield return run.Broken(HistoryRule.NothingLost, $"checkpoint {lost.Sequence} ({lost.StepId}) was accepted, and the store did not return it", [.. commit.Lines, read]);
            }
        }
    }

    private static IEnumerable<HistoryViolation> Sequences(RunFacts run)
        => from read in run.Reads
           let commit = run.Accepted.FirstOrDefault(commit => commit.Checkpoints.Any(checkpoint => checkpoint.Sequence > read.LastSequence) && commit.Span.IsBefore(Span.Of(read)))
           where commit is not null
           select run.Broken(HistoryRule.NothingLost, $"checkpoint {commit.Checkpoints[^1].Sequence} was accepted, and the store knows of {read.LastSequence}", [.. commit.Lines, read]);

    private static IEnumerable<HistoryViolation> Epochs(RunFacts run)
        => from read in run.Reads
           let claim = run.Claims.Find(claim => claim.Epoch > read.Epoch && claim.Span.IsBefore(Span.Of(read)))
           where claim is not null
           select run.Broken(HistoryRule.NothingLost, $"epoch {claim.Epoch} was claimed, and the store returned the run with epoch {read.Epoch}", claim.Line, read);

    private static IEnumerable<HistoryViolation> Ends(RunFacts run)
        => from read in run.Reads
           where read.Status is RunStatus.Pending or RunStatus.Running or RunStatus.Suspended
           let end = run.Accepted.FirstOrDefault(commit => commit.Ends && commit.Span.IsBefore(Span.Of(read)) && !run.MayHaveResumedBetween(commit.Span, Span.Of(read)))
           where end is not null
           select run.Broken(HistoryRule.NothingLost, $"its end as {end.Offer.Status} was accepted, and the store returned it as {read.Status}", [.. end.Lines, read]);
}
