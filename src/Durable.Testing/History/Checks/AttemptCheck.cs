namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.AttemptsInOrder"/>.</summary>
internal static class AttemptCheck
{
    // Another build may call the step by another name, under which it counts on.
    public static IEnumerable<HistoryViolation> Check(RunFacts run, HistoryOptions options)
        => options.ManyBuilds ? [] : run.Lives.SelectMany(life => (IEnumerable<HistoryViolation>)[.. Recorded(run, life), .. Executed(run, life)]);

    private static IEnumerable<HistoryViolation> Recorded(RunFacts run, StepLife life)
    {
        var failed = 0;
        StoredFact? before = null;
        foreach (var fact in life.Stored)
        {
            if (fact.IsCarriedOver || fact.Checkpoint.Attempt is not { } attempt)
                continue;
            // An interruption that is recorded twice is a matter of its own.
            if (attempt != failed + 1 && !(fact.IsInterruption && attempt == failed))
                yield return Broken(run, $"checkpoint {fact.Checkpoint.Sequence} tells of attempt {attempt} of step {life.StepId}, of which {failed} had failed", before, fact);
            if (fact.Checkpoint.Kind == CheckpointKind.StepAttempt)
                (failed, before) = (attempt, fact);
        }
    }

    private static IEnumerable<HistoryViolation> Executed(RunFacts run, StepLife life)
    {
        foreach (var twice in life.Bodies.Where(body => body.Start.Attempt is not null).GroupBy(body => (body.Start.Epoch, body.Start.Attempt)).Where(bodies => bodies.Count() > 1))
            yield return run.Broken(HistoryRule.AttemptsInOrder, $"{twice.Count()} bodies began as attempt {twice.Key.Attempt} of step {life.StepId} in one incarnation", twice.Select(body => body.Start));

        foreach (var body in life.Bodies)
        {
            if (body.Start.Attempt is not { } attempt)
                continue;
            if (attempt > 1 && !run.Commits.Exists(commit => commit.MayBeStored && commit.Offer.At < body.Start.At && commit.Checkpoints.Any(note => IsFailed(note, life.StepId, attempt - 1))))
                yield return run.Broken(HistoryRule.AttemptsInOrder, $"a body began as attempt {attempt} of step {life.StepId}, and nobody had written that attempt {attempt - 1} failed", body.Start);
            // A holder that has lost the run may not know of what is recorded.
            if (life.Stored.Find(fact => IsFailed(fact.Checkpoint, life.StepId, attempt) && fact.KnownAt < body.Start.At && fact.Commit.Epoch <= body.Start.Epoch) is { } recorded)
                yield return run.Broken(HistoryRule.AttemptsInOrder, $"a body began as attempt {attempt} of step {life.StepId}, which was recorded as failed", [.. recorded.Commit.Lines, body.Start]);
        }
    }

    private static bool IsFailed(HistoryCheckpoint note, string stepId, int attempt)
        => note.Kind == CheckpointKind.StepAttempt && note.Attempt == attempt && note.StepId == stepId;

    private static HistoryViolation Broken(RunFacts run, string message, StoredFact? before, StoredFact fact)
        => run.Broken(HistoryRule.AttemptsInOrder, message, [.. before?.Commit.Lines ?? [], .. fact.Commit.Lines]);
}
