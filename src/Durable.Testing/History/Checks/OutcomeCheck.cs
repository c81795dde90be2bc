namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.OneOutcome"/>.</summary>
internal static class OutcomeCheck
{
    public static IEnumerable<HistoryViolation> Check(HistoryFacts facts, RunFacts run)
    {
        if (facts.Audit is not null && run.Acceptances.Count > 0 && facts.Audited(run) is null)
            yield return run.Broken(HistoryRule.OneOutcome, "it was accepted, and the store no longer knows it", run.Acceptances[0], facts.Audit);

        if (run.Offers.Count == 0 && Trace(run) is { } trace)
            yield return run.Broken(HistoryRule.OneOutcome, "it is in the store, and nobody started it", trace);

        // Each resume that may have taken effect lets a run end once more. A completed run cannot be resumed.
        var ends = run.Accepted.Where(commit => commit.Ends).ToList();
        var resumes = run.Resumes.Where(resume => resume.MayHaveResumed).ToList();
        if (ends.Count > 1 + resumes.Count)
            yield return run.Broken(HistoryRule.OneOutcome, $"{ends.Count} outcomes were accepted, and {resumes.Count} resumes", [.. ends.SelectMany(end => end.Lines), .. resumes.Select(resume => resume.Offer)]);
        else if (ends.Count(end => end.Offer.Status == RunStatus.Completed) > 1)
            yield return run.Broken(HistoryRule.OneOutcome, "more than one outcome was accepted that no resume takes back", ends.SelectMany(end => end.Lines));
    }

    private static HistoryLine? Trace(RunFacts run)
        => run.Reads.FirstOrDefault() ?? run.Claims.FirstOrDefault()?.Line ?? run.Bodies.FirstOrDefault()?.Start ?? run.OutcomesSeen.FirstOrDefault();
}
