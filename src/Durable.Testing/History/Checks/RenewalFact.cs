namespace Durable.Testing.History.Checks;

/// <summary>A renewal of one run's lease.</summary>
/// <param name="Line">The line that tells it.</param>
/// <param name="Epoch">The epoch that was renewed.</param>
/// <param name="IsLost">True when the lease was lost.</param>
internal sealed record RenewalFact(HistoryLine Line, long Epoch, bool IsLost)
{
    public Span Span => Span.Of(Line);
}
