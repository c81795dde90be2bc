namespace Durable.Testing.History.Checks;

/// <summary>A resume of a run.</summary>
/// <param name="Offer">The line that offers it.</param>
/// <param name="Answer">The line that answers it; null where nobody knows.</param>
internal sealed record ResumeFact(HistoryLine Offer, HistoryLine? Answer)
{
    public Span Span => new(Offer.At, Answer?.At ?? long.MaxValue);

    /// <summary>True when the run may have been let go on.</summary>
    public bool MayHaveResumed => Answer is null || Answer.Status is RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined;
}
