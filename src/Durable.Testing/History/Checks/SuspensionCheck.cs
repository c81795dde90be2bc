namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.NotBeforeItIsDue"/>.</summary>
internal static class SuspensionCheck
{
    // A wait begins with its commit, which is not before the claim of who commits.
    public static IEnumerable<HistoryViolation> Check(RunFacts run)
        => from suspension in run.Accepted
           where suspension.Offer is { Status: RunStatus.Suspended, Wait: not null }
           let held = run.Claims.Find(claim => claim.Epoch == suspension.Epoch)
           let next = run.Claims.Where(claim => claim.Epoch > suspension.Epoch).MinBy(claim => claim.Epoch)
           where next?.Line.StoreTime - held?.Line.StoreTime < suspension.Offer.Wait
           where !run.Cancellations.Exists(asked => asked.Offer.At < next.Line.At) && !run.MayHaveResumedBetween(suspension.Span, next.Span)
           select run.Broken(HistoryRule.NotBeforeItIsDue, $"it was suspended for {suspension.Offer.Wait}, and claimed {next.Line.StoreTime - held.Line.StoreTime} after the claim before", [held.Line, .. suspension.Lines, next.Line]);
}
