namespace Durable.Testing.History.Checks;

/// <summary>Everything that a history tells of one run, in the order of the times.</summary>
internal sealed class RunFacts(string runId)
{
    private IReadOnlyList<StoredFact>? _stored;
    private IReadOnlyList<StepLife>? _lives;

    public string RunId { get; } = runId;

    public List<HistoryLine> Offers { get; } = [];

    public List<HistoryLine> Acceptances { get; } = [];

    public List<ClaimFact> Claims { get; } = [];

    public List<RenewalFact> Renewals { get; } = [];

    public List<CommitFact> Commits { get; } = [];

    public List<BodyFact> Bodies { get; } = [];

    public List<ResumeFact> Resumes { get; } = [];

    /// <summary>Who asked for a cancellation, whatever came of it.</summary>
    public List<CancelFact> Cancellations { get; } = [];

    /// <summary>Where the store said that the run stands.</summary>
    public List<HistoryLine> Reads { get; } = [];

    /// <summary>The checkpoints that the store returned.</summary>
    public List<HistoryLine> CheckpointReads { get; } = [];

    public List<HistoryLine> OutcomesSeen { get; } = [];

    public List<HistoryLine> ResultsReturned { get; } = [];

    public List<HistoryLine> ResultsSeen { get; } = [];

    /// <summary>The checkpoints that are stored for certain, in the order of their sequences. Asked once everything is told.</summary>
    public IReadOnlyList<StoredFact> Stored => _stored ??= StoredFact.Of(this);

    /// <summary>What became of each step. Asked once everything is told.</summary>
    public IReadOnlyList<StepLife> Lives => _lives ??= StepLife.Of(this);

    public IEnumerable<CommitFact> Accepted => Commits.Where(commit => commit.IsAccepted);

    /// <summary>The checkpoints that nobody committed who held the run: those that it began with, and those that operators decided on.</summary>
    public IEnumerable<HistoryCheckpoint> Given => Offers.SelectMany(offer => offer.Checkpoints ?? []).Concat(Decided);

    /// <summary>The outcomes that operators decided on, or may have.</summary>
    public IEnumerable<HistoryCheckpoint> Decided => Resumes.Where(resume => resume.MayHaveResumed).SelectMany(resume => resume.Writes);

    /// <summary>True when the run may have been let go on between two things.</summary>
    public bool MayHaveResumedBetween(Span first, Span second)
        => Resumes.Any(resume => resume.MayHaveResumed && !resume.Span.IsBefore(first) && !second.IsBefore(resume.Span));

    public HistoryViolation Broken(HistoryRule rule, string message, params IEnumerable<HistoryLine> proof)
        => new(rule, $"{RunId}: {message}", [.. proof]);
}
