namespace Durable.Testing.History.Checks;

/// <summary>A claim of one run.</summary>
/// <param name="Line">The line that tells it.</param>
/// <param name="Epoch">The epoch that it gave.</param>
internal sealed record ClaimFact(HistoryLine Line, long Epoch)
{
    public Span Span => Span.Of(Line);
}
