namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.CurrentEpoch"/>.</summary>
internal static class EpochCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run) => [.. Claims(run), .. Holders(run), .. Overtaken(run), .. LetGo(run)];

    // Each claim raises the epoch: whenever two have been, they have two.
    private static IEnumerable<HistoryViolation> Claims(RunFacts run)
        => from epoch in run.Claims.GroupBy(claim => claim.Epoch)
           where epoch.Count() > 1
           select run.Broken(HistoryRule.CurrentEpoch, $"epoch {epoch.Key} was claimed {epoch.Count()} times", epoch.Select(claim => claim.Line));

    private static IEnumerable<HistoryViolation> Holders(RunFacts run)
        => from commit in run.Accepted
           where !run.Claims.Exists(claim => claim.Epoch == commit.Epoch && claim.Line.Process == commit.Offer.Process)
           select run.Broken(HistoryRule.CurrentEpoch, $"a commit with epoch {commit.Epoch} was accepted from {commit.Offer.Process}, which never had that epoch",
               [.. commit.Lines, .. run.Claims.Where(claim => claim.Epoch == commit.Epoch).Select(claim => claim.Line)]);

    // What shows an epoch comes before what takes effect with a lower one; a claim, also with the same.
    private static IEnumerable<HistoryViolation> Overtaken(RunFacts run)
    {
        var known = run.Claims.Select(claim => (claim.Span, claim.Epoch, Proof: (IReadOnlyList<HistoryLine>)[claim.Line]))
            .Concat(run.Accepted.Select(commit => (commit.Span, commit.Epoch, Proof: commit.Lines))).OrderByDescending(fact => fact.Epoch).ToList();
        foreach (var claim in run.Claims)
        {
            if (Earlier(claim.Span, claim.Epoch - 1, except: claim.Line) is { } proof)
                yield return run.Broken(HistoryRule.CurrentEpoch, $"epoch {claim.Epoch} was claimed after it or a higher one had been", [.. proof, claim.Line]);
        }

        foreach (var commit in run.Accepted)
        {
            if (Earlier(commit.Span, commit.Epoch) is { } proof)
                yield return run.Broken(HistoryRule.CurrentEpoch, $"a commit with epoch {commit.Epoch} was accepted although a higher one was held", [.. proof, .. commit.Lines]);
        }

        foreach (var renewal in run.Renewals.Where(renewal => !renewal.IsLost))
        {
            if (Earlier(renewal.Span, renewal.Epoch) is { } proof)
                yield return run.Broken(HistoryRule.CurrentEpoch, $"the lease of epoch {renewal.Epoch} was renewed although a higher one was held", [.. proof, renewal.Line]);
        }

        IReadOnlyList<HistoryLine>? Earlier(Span span, long epoch, HistoryLine? except = null)
            => known.TakeWhile(fact => fact.Epoch > epoch).Where(fact => fact.Span.IsBefore(span) && fact.Proof[0] != except).Select(fact => fact.Proof).FirstOrDefault();
    }

    private static IEnumerable<HistoryViolation> LetGo(RunFacts run)
        => from end in run.Accepted
           where end.LetsGo
           from late in run.Accepted
           where late.Epoch == end.Epoch && end.Span.IsBefore(late.Span)
           select run.Broken(HistoryRule.CurrentEpoch, $"a commit with epoch {late.Epoch} was accepted after its holder had let go of the run", [.. end.Lines, .. late.Lines]);
}
