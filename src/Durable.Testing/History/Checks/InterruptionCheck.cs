namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.HonestInterruption"/>.</summary>
internal static class InterruptionCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run)
    {
        foreach (var life in run.Lives)
        {
            var interruptions = life.Stored.Where(fact => fact is { IsInterruption: true, IsCarriedOver: false }).ToList();
            foreach (var attempt in interruptions.GroupBy(fact => fact.Checkpoint.Attempt).Where(attempt => attempt.Count() > 1))
                yield return run.Broken(HistoryRule.HonestInterruption, $"attempt {attempt.Key} of step {life.StepId} was recorded as interrupted {attempt.Count()} times", attempt.SelectMany(fact => fact.Commit.Lines));
            foreach (var interruption in interruptions)
            {
                if (Problem(run, life, interruption) is var (problem, proof))
                    yield return run.Broken(HistoryRule.HonestInterruption, $"attempt {interruption.Checkpoint.Attempt} of step {life.StepId} was recorded as interrupted, {problem}", [.. proof, .. interruption.Commit.Lines]);
            }
        }
    }

    private static (string Problem, IReadOnlyList<HistoryLine> Proof)? Problem(RunFacts run, StepLife life, StoredFact interruption)
    {
        var begun = life.Stored.FindLast(fact => fact.Checkpoint.Kind == CheckpointKind.StepStarted && fact.Checkpoint.Attempt == interruption.Checkpoint.Attempt && fact.Checkpoint.Sequence < interruption.Checkpoint.Sequence);
        if (begun is null)
            return ("and nobody had begun it", []);
        if (begun.Commit.Epoch == interruption.Commit.Epoch)
            return ("by the incarnation that had begun it", begun.Commit.Lines);
        // Who lets go of a run takes back what it has not come to.
        if (run.Accepted.FirstOrDefault(commit => commit.LetsGo && commit.Epoch == begun.Commit.Epoch) is not { } end)
            return null;
        var body = life.Bodies.Find(body => body.Start.Epoch == begun.Commit.Epoch && body.Start.Attempt == interruption.Checkpoint.Attempt);
        if (body is null)
            return ("and whoever was to begin it let go of the run before its body began", [.. begun.Commit.Lines, .. end.Lines]);
        // Code that ends does not wait for bodies; who gives the run back does.
        return end.GivesBack && body.End is { Abandoned: not true } ended && ended.At < end.Offer.At ? ("although its body had come to its end", [body.Start, ended, .. end.Lines]) : null;
    }
}
