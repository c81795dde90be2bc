namespace Durable.Testing.History.Checks;

/// <summary>A cancellation of a run.</summary>
/// <param name="Offer">The line that offers it.</param>
/// <param name="Answer">The line that answers it; null where nobody knows.</param>
internal sealed record CancelFact(HistoryLine Offer, HistoryLine? Answer)
{
    public Span Span => new(Offer.At, Answer?.At ?? long.MaxValue);

    /// <summary>True when the store said that the run had not ended: it is to be canceled from then on.</summary>
    public bool IsAccepted => Answer?.Status is RunStatus.Pending or RunStatus.Running or RunStatus.Suspended;
}
