namespace Durable.Testing.History.Checks;

/// <summary><see cref="HistoryRule.NothingLeftBehind"/>.</summary>
internal static class RemainderCheck
{
    public static IEnumerable<HistoryViolation> Check(HistoryFacts facts, RunFacts run, HistoryOptions options)
    {
        if (facts.Audited(run) is { } read && !HasEnded(read.Status, options))
            yield return run.Broken(HistoryRule.NothingLeftBehind, $"it is left {read.Status} after healing", [.. run.Claims.TakeLast(1).Select(claim => claim.Line), .. run.Commits.TakeLast(1).SelectMany(commit => commit.Lines), read]);
        foreach (var body in run.Bodies.Where(body => body.End is null && !facts.Killed.Contains(body.Start.Process)))
            yield return run.Broken(HistoryRule.NothingLeftBehind, $"a body of step {body.StepId} has no end, and {body.Start.Process} did not die", body.Start);
    }

    private static bool HasEnded(RunStatus? status, HistoryOptions options)
        => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled || (status == RunStatus.Quarantined && options.AllowQuarantined);
}
