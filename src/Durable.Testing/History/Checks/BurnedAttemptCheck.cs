namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.NoAttemptBurned"/>.</summary>
internal static class BurnedAttemptCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run)
    {
        foreach (var life in run.Lives)
        {
            foreach (var fact in life.Stored)
            {
                if (fact is { IsInterruption: true } or { IsCarriedOver: true } || fact.Checkpoint is not { Attempt: { } attempt, Kind: CheckpointKind.Step or CheckpointKind.StepAttempt })
                    continue;
                var body = life.Bodies.Find(body => body.Start.Epoch == fact.Checkpoint.Epoch && body.Start.Attempt == attempt && body.Start.At < fact.Commit.Offer.At);
                if (body is null)
                    yield return run.Broken(HistoryRule.NoAttemptBurned, $"checkpoint {fact.Checkpoint.Sequence} tells how attempt {attempt} of step {life.StepId} ended, which nobody had executed", fact.Commit.Lines);
                else if (IsBurned(fact, body))
                    yield return run.Broken(HistoryRule.NoAttemptBurned, $"attempt {attempt} of step {life.StepId} was recorded as failed after its body had been told to stop", [body.Start, body.End!, .. fact.Commit.Lines]);
            }
        }
    }

    private static bool IsBurned(StoredFact fact, BodyFact body)
        => fact.Checkpoint.Status != CheckpointStatus.Completed && body is { Start.AtMostOnce: not true, End: { Abandoned: true } end } && end.At < fact.Commit.Offer.At;
}
