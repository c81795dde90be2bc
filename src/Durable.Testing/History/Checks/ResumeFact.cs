namespace Durable.Testing.History.Checks;

/// <summary>A resume of a run, or a decision about one of its steps, which lets it go on as well.</summary>
/// <param name="Offer">The line that offers it.</param>
/// <param name="Answer">The line that answers it; null where nobody knows.</param>
internal sealed record ResumeFact(HistoryLine Offer, HistoryLine? Answer)
{
    public Span Span => new(Offer.At, Answer?.At ?? long.MaxValue);

    /// <summary>True when the run may have been let go on.</summary>
    public bool MayHaveResumed => Answer is null or { Event: HistoryEvent.Decided } or { Status: RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined };

    /// <summary>What a decision writes, in the place of what stood there before.</summary>
    public IReadOnlyList<HistoryCheckpoint> Writes => Offer.Checkpoints ?? [];

    /// <summary>What a decision clears.</summary>
    public IReadOnlyList<long> Clears => Offer.FailingSet ?? [];
}
