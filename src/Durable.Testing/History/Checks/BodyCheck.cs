namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.NoBodyAfterCommit"/>.</summary>
internal static class BodyCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run)
    {
        var stored = Stored(run).ToLookup(fact => fact.Checkpoint.StepId, StringComparer.Ordinal);
        foreach (var body in run.Bodies)
        {
            foreach (var (checkpoint, span, proof) in stored[body.StepId])
            {
                if (!span.IsBefore(body.Span) || IsStale(body, checkpoint) || MayBeCleared(run, checkpoint, span, body))
                    continue;
                yield return run.Broken(HistoryRule.NoBodyAfterCommit, $"a body of step {body.StepId} started although its outcome was stored as checkpoint {checkpoint.Sequence}", [.. proof, body.Start]);
                break;
            }
        }
    }

    /// <summary>True when a holder that had lost the run started a body whose outcome another one had stored.</summary>
    public static bool IsStale(RunFacts run, BodyFact body)
        => Stored(run).Any(fact => fact.Checkpoint.StepId == body.StepId && fact.Span.IsBefore(body.Span) && IsStale(body, fact.Checkpoint));

    // The epochs of checkpoints that are carried over stay those of their execution; that is the lower one, so nothing is excused by it.
    private static bool IsStale(BodyFact body, HistoryCheckpoint checkpoint) => body.Start.Epoch < checkpoint.Epoch;

    // A commit that was answered, or a read that shows it: from then on it is stored.
    // Notes are no outcomes: a body may follow them.
    private static IEnumerable<(HistoryCheckpoint Checkpoint, Span Span, IReadOnlyList<HistoryLine> Proof)> Stored(RunFacts run)
        => StoredOrNoted(run).Where(fact => fact.Checkpoint.Kind == CheckpointKind.Step);

    private static IEnumerable<(HistoryCheckpoint Checkpoint, Span Span, IReadOnlyList<HistoryLine> Proof)> StoredOrNoted(RunFacts run)
        => run.Accepted.SelectMany(commit => commit.Checkpoints.Select(checkpoint => (checkpoint, commit.Span, commit.Lines)))
            .Concat(run.CheckpointReads.SelectMany(read => read.Checkpoints!
                .Where(checkpoint => checkpoint.Status != CheckpointStatus.Cleared)
                .Select(checkpoint => (checkpoint, Span.Of(read), (IReadOnlyList<HistoryLine>)[read]))));

    private static bool MayBeCleared(RunFacts run, HistoryCheckpoint checkpoint, Span stored, BodyFact body)
        => run.Commits.Exists(end => end.MayBeStored && end.Offer.FailingSet?.Contains(checkpoint.Sequence) == true && !body.Span.IsBefore(end.Span)
            // A suspension with a failing set clears it itself; any other end waits for a resume.
            && (end.Offer.Status == RunStatus.Suspended || run.MayHaveResumedBetween(stored, body.Span)))
            || run.Resumes.Exists(decision => decision.MayHaveResumed && decision.Clears.Contains(checkpoint.Sequence) && !body.Span.IsBefore(decision.Span));
}
