namespace Durable.Testing.History.Checks;

/// <summary>An execution of a body.</summary>
/// <param name="Start">The line that tells its start.</param>
/// <param name="End">The line that tells its end; null where it has none.</param>
internal sealed record BodyFact(HistoryLine Start, HistoryLine? End)
{
    public string StepId => Start.StepId ?? "";

    public Span Span => Span.Of(Start);
}
