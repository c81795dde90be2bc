namespace Durable.Testing.History.Checks;

/// <summary>Counts what happened.</summary>
internal static class Activities
{
    public static HistoryActivity Count(HistoryFacts facts)
    {
        var runs = facts.Runs;
        var bodies = runs.SelectMany(run => run.Bodies).ToList();
        var commits = runs.SelectMany(run => run.Commits).ToList();
        var stored = runs.SelectMany(run => run.Stored).Select(fact => fact.Checkpoint).ToList();
        return new HistoryActivity
        {
            Runs = runs.Count(run => run.Acceptances.Count > 0),
            Workers = bodies.Select(body => body.Start.Process).Distinct(StringComparer.Ordinal).Count(),
            Kills = facts.Killed.Count,
            Bodies = bodies.Count,
            RepeatedBodies = bodies.Count - bodies.DistinctBy(body => (body.Start.RunId, body.StepId)).Count(),
            StaleBodies = runs.Sum(run => run.Bodies.Count(body => BodyCheck.IsStale(run, body))),
            Commits = commits.Count(commit => commit.IsAccepted),
            FencedCommits = commits.Count(commit => commit.Answer?.Event == HistoryEvent.Fenced),
            UnknownCommits = commits.Count(commit => commit is { MayBeStored: true, IsAccepted: false }),
            Reclaims = runs.Sum(run => Math.Max(0, run.Claims.Count - 1)),
            LostLeases = runs.Sum(run => run.Renewals.Count(renewal => renewal.IsLost && run.Claims.Exists(claim => claim.Epoch > renewal.Epoch))),
            Resumes = runs.Sum(run => run.Resumes.Count(resume => resume.Answer?.Status is RunStatus.Failed or RunStatus.Quarantined)),
            FailedAttempts = stored.Count(checkpoint => checkpoint.Kind == CheckpointKind.StepAttempt),
            Interruptions = stored.Count(checkpoint => checkpoint.Status == CheckpointStatus.Interrupted),
            Suspensions = commits.Count(commit => commit is { IsAccepted: true, Offer.Status: RunStatus.Suspended }),
            RunAttempts = stored.Count(checkpoint => checkpoint.Kind == CheckpointKind.RunAttempt),
            ResultsSeen = runs.Sum(run => run.ResultsSeen.Count),
        };
    }
}
