namespace Durable.Testing.History.Checks;

/// <summary>A commit, and what its process learned of it.</summary>
/// <param name="Offer">The line that offers it.</param>
/// <param name="Answer">The line that answers it; null where the process died first.</param>
internal sealed record CommitFact(HistoryLine Offer, HistoryLine? Answer)
{
    /// <summary>True when the store said that it is stored.</summary>
    public bool IsAccepted => Answer?.Event == HistoryEvent.Committed;

    /// <summary>True when it is stored, or may be.</summary>
    public bool MayBeStored => Answer?.Event is not (HistoryEvent.Fenced or HistoryEvent.CommitRefused);

    public long Epoch => Offer.Epoch ?? 0;

    public IReadOnlyList<HistoryCheckpoint> Checkpoints => Offer.Checkpoints ?? [];

    /// <summary>When it took effect. A commit that failed may do so at any time: what was sent may still arrive.</summary>
    public Span Span => new(Offer.At, IsAccepted ? Answer!.At : long.MaxValue);

    /// <summary>True when it lets go of the run.</summary>
    public bool LetsGo => Offer.Status is not null;

    /// <summary>True when it ends the run, or sets it aside.</summary>
    public bool Ends => Offer.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined;

    /// <summary>True when it lets go of the run for another incarnation to go on where this one stood.</summary>
    public bool GivesBack => Offer is { Status: RunStatus.Pending or RunStatus.Suspended, FailingSet: null };

    /// <summary>The lines that show it.</summary>
    public IReadOnlyList<HistoryLine> Lines => Answer is null ? [Offer] : [Offer, Answer];
}
