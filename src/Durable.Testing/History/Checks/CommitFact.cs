namespace Durable.Testing.History.Checks;

/// <summary>A commit, and what its process learned of it.</summary>
/// <param name="Offer">The line that offers it.</param>
/// <param name="Answer">The line that answers it; null where the process died first.</param>
internal sealed record CommitFact(HistoryLine Offer, HistoryLine? Answer)
{
    /// <summary>True when the store said that it is stored.</summary>
    public bool IsAccepted => Answer?.Event == HistoryEvent.Committed;

    /// <summary>True when it is stored, or may be.</summary>
    public bool MayBeStored => Answer?.Event != HistoryEvent.Fenced;

    public long Epoch => Offer.Epoch ?? 0;

    public IReadOnlyList<HistoryCheckpoint> Checkpoints => Offer.Checkpoints ?? [];

    /// <summary>When it took effect. A commit that failed may do so at any time: what was sent may still arrive.</summary>
    public Span Span => new(Offer.At, IsAccepted ? Answer!.At : long.MaxValue);

    /// <summary>True when it lets go of the run.</summary>
    public bool LetsGo => Offer.Status is not null;

    /// <summary>True when it ends the run, or sets it aside.</summary>
    public bool Ends => Offer.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined;

    /// <summary>The lines that show it.</summary>
    public IReadOnlyList<HistoryLine> Lines => Answer is null ? [Offer] : [Offer, Answer];
}

/// <summary>A claim of one run.</summary>
/// <param name="Line">The line that tells it.</param>
/// <param name="Epoch">The epoch that it gave.</param>
internal sealed record ClaimFact(HistoryLine Line, long Epoch)
{
    public Span Span => Span.Of(Line);
}

/// <summary>A renewal of one run's lease.</summary>
/// <param name="Line">The line that tells it.</param>
/// <param name="Epoch">The epoch that was renewed.</param>
/// <param name="IsLost">True when the lease was lost.</param>
internal sealed record RenewalFact(HistoryLine Line, long Epoch, bool IsLost)
{
    public Span Span => Span.Of(Line);
}

/// <summary>A resume of a run.</summary>
/// <param name="Offer">The line that offers it.</param>
/// <param name="Answer">The line that answers it; null where nobody knows.</param>
internal sealed record ResumeFact(HistoryLine Offer, HistoryLine? Answer)
{
    public Span Span => new(Offer.At, Answer?.At ?? long.MaxValue);

    /// <summary>True when the run may have been let go on.</summary>
    public bool MayHaveResumed => Answer is null || Answer.Status is RunStatus.Failed or RunStatus.Quarantined;
}

/// <summary>An execution of a body.</summary>
/// <param name="Start">The line that tells its start.</param>
/// <param name="End">The line that tells its end; null where it has none.</param>
internal sealed record BodyFact(HistoryLine Start, HistoryLine? End)
{
    public string StepId => Start.StepId ?? "";

    public Span Span => Span.Of(Start);
}
