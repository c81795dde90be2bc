namespace Durable.Testing.History.Checks;

/// <summary>What became of a step from its first attempt to its outcome. Where the outcome was a failure that was cleared, another life follows.</summary>
/// <param name="stepId">The step's id.</param>
internal sealed class StepLife(string stepId)
{
    public string StepId { get; } = stepId;

    /// <summary>Its notes, then its outcome, as far as they are stored.</summary>
    public List<StoredFact> Stored { get; } = [];

    public List<BodyFact> Bodies { get; } = [];

    // What clears an outcome lets go of the run: whatever follows has a higher epoch.
    private long LastEpoch => Stored is [.., { Checkpoint.Kind: CheckpointKind.Step } outcome] ? outcome.Commit.Epoch : long.MaxValue;

    public static IReadOnlyList<StepLife> Of(RunFacts run)
    {
        var steps = new Dictionary<string, List<StepLife>>(StringComparer.Ordinal);
        foreach (var fact in run.Stored)
        {
            if (fact.Checkpoint.Kind is CheckpointKind.Step or CheckpointKind.StepStarted or CheckpointKind.StepAttempt)
                At(fact.Checkpoint.StepId, long.MaxValue).Stored.Add(fact);
        }

        foreach (var body in run.Bodies)
            At(body.StepId, body.Start.Epoch ?? 0).Bodies.Add(body);
        return [.. steps.Where(step => !IsGiven(run, step.Key)).SelectMany(step => step.Value)];

        StepLife At(string stepId, long epoch)
        {
            if (!steps.TryGetValue(stepId, out var lives))
                steps.Add(stepId, lives = []);
            if (lives.Find(life => epoch <= life.LastEpoch) is { } life)
                return life;
            lives.Add(life = new StepLife(stepId));
            return life;
        }
    }

    // What an operator decided, or another run had come to before, says nothing of what happened here.
    private static bool IsGiven(RunFacts run, string stepId)
        => run.Given.Any(checkpoint => checkpoint.StepId == stepId)
            || run.Resumes.Exists(decision => decision.MayHaveResumed && run.Stored.Any(fact => fact.Checkpoint.StepId == stepId && decision.Clears.Contains(fact.Checkpoint.Sequence)));
}
