namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.AtMostOnce"/>.</summary>
internal static class AtMostOnceCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run)
    {
        foreach (var life in run.Lives)
        {
            var bodies = life.Bodies.Where(body => body.Start.AtMostOnce == true).ToList();
            foreach (var attempt in bodies.GroupBy(body => body.Start.Attempt).Where(attempt => attempt.Count() > 1))
                yield return run.Broken(HistoryRule.AtMostOnce, $"attempt {attempt.Key} of step {life.StepId}, which runs at most once, ran {attempt.Count()} times", attempt.Select(body => body.Start));
            foreach (var body in bodies.Where(body => !run.Commits.Exists(commit => Announces(commit, body))))
                yield return run.Broken(HistoryRule.AtMostOnce, $"a body of step {life.StepId}, which runs at most once, began before that was written", body.Start);
        }
    }

    private static bool Announces(CommitFact commit, BodyFact body)
        => commit.MayBeStored && commit.Epoch == body.Start.Epoch && commit.Offer.At < body.Start.At
            && commit.Checkpoints.Any(note => note.Kind == CheckpointKind.StepStarted && note.StepId == body.StepId && note.Attempt == body.Start.Attempt);
}
