namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.StableToken"/> and <see cref="HistoryRule.StableArguments"/>.</summary>
internal static class TokenCheck
{
    public static IEnumerable<HistoryViolation> Check(RunFacts run, HistoryOptions options)
    {
        foreach (var step in run.Bodies.GroupBy(body => body.StepId, StringComparer.Ordinal))
        {
            var tokens = step.DistinctBy(body => body.Start.Token).ToList();
            if (tokens.Count > 1)
                yield return run.Broken(HistoryRule.StableToken, $"the executions of step {step.Key} had {tokens.Count} tokens", tokens.Select(body => body.Start));
            var arguments = step.DistinctBy(body => body.Start.Fingerprint).ToList();
            if (arguments.Count > 1 && !options.ManyBuilds)
                yield return run.Broken(HistoryRule.StableArguments, $"step {step.Key} was called with {arguments.Count} kinds of arguments", arguments.Select(body => body.Start));
        }
    }

    /// <summary>Tokens that several steps share.</summary>
    public static IEnumerable<HistoryViolation> Shared(HistoryFacts facts)
        => from body in facts.Runs.SelectMany(run => run.Bodies)
           where body.Start.Token is not null
           group body by body.Start.Token into token
           let steps = token.DistinctBy(body => (body.Start.RunId, body.StepId)).ToList()
           where steps.Count > 1
           select new HistoryViolation(HistoryRule.StableToken, $"{steps.Count} steps had the token {token.Key}", [.. steps.Select(body => body.Start)]);
}
