namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.ImmutableOutcome"/>.</summary>
internal static class OutcomeViewCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run) => [.. ByAttempt(run), .. Written(run), .. Seen(run, run.OutcomesSeen), .. Seen(run, run.Reads)];

    private static IEnumerable<HistoryViolation> ByAttempt(RunFacts run)
    {
        foreach (var attempt in run.Reads.Where(IsFinal).GroupBy(read => read.Attempt))
        {
            var views = attempt.DistinctBy(read => (read.Status, read.Result)).ToList();
            if (views.Count > 1)
                yield return run.Broken(HistoryRule.ImmutableOutcome, $"attempt {attempt.Key} ended in {views.Count} ways", views);
        }
    }

    // An operator's termination is an outcome that no worker wrote.
    private static IEnumerable<HistoryViolation> Written(RunFacts run)
    {
        foreach (var read in run.Reads.Where(read => read.Status is RunStatus.Completed or RunStatus.Failed).DistinctBy(read => (read.Status, read.Result)))
        {
            if (!run.Commits.Exists(commit => commit.MayBeStored && commit.Offer.Status == read.Status && commit.Offer.Result == read.Result))
                yield return run.Broken(HistoryRule.ImmutableOutcome, "the store returned an outcome that nobody wrote", [.. run.Commits.Where(commit => commit.Ends).SelectMany(commit => commit.Lines), read]);
        }
    }

    // What one saw may differ from what another saw where the run may have been resumed meanwhile, which a completed run cannot be.
    private static IEnumerable<HistoryViolation> Seen(RunFacts run, IReadOnlyList<HistoryLine> lines)
    {
        var views = lines.Where(IsFinal).ToList();
        foreach (var other in views.DistinctBy(view => (view.Status, view.Result)).Skip(1))
        {
            var completed = views.Find(view => view.Status == RunStatus.Completed);
            if (completed is not null && Differ(completed, other) && (Span.Of(completed).IsBefore(Span.Of(other)) || other.Status == RunStatus.Completed))
                yield return run.Broken(HistoryRule.ImmutableOutcome, "its outcome was seen to change after it was final", completed, other);
            else if (Differ(views[0], other) && !run.Resumes.Exists(resume => resume.MayHaveResumed && !Span.Of(other).IsBefore(resume.Span)))
                yield return run.Broken(HistoryRule.ImmutableOutcome, "its outcome was seen to change, and nobody had resumed it", views[0], other);
        }
    }

    private static bool IsFinal(HistoryLine line) => line.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;

    private static bool Differ(HistoryLine one, HistoryLine other) => one.Status != other.Status || one.Result != other.Result;
}
