namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.NeverCompletedOnceCanceled"/>.</summary>
internal static class CancelCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run)
        => from end in run.Accepted
           where end.Offer.Status == RunStatus.Completed
           let canceled = run.Cancellations.Find(cancel => cancel.IsAccepted && cancel.Span.IsBefore(end.Span) && !run.MayHaveResumedBetween(cancel.Span, end.Span))
           where canceled is not null
           select run.Broken(HistoryRule.NeverCompletedOnceCanceled, "its cancellation was accepted, and it completed", [canceled.Offer, canceled.Answer!, .. end.Lines]);
}
