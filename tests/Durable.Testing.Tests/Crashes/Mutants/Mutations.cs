namespace Durable.Testing.Tests.Crashes.Mutants;

/// <summary>The mistakes that somebody must notice.</summary>
public static class Mutations
{
    private const string Outbox = "Execution/RunOutbox.cs";
    private const string Attempts = "Execution/RunDriver.Attempts.cs";
    private const string Committer = "Execution/RunCommitter.cs";
    private const string Leases = "Workers/LeaseKeeper.cs";
    private const string Commit = "var result = await RunCommitter.CommitAsync(driver.Engine, commit, driver.Held);";
    private const string Reread = "if (await RereadAsync(engine, commit, delay, held) is { } known)\n                return known;";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("outcomes are not part of their commit", Outbox,
            "Checkpoints = completions.Count == 1 ? [completions[0].Record] : [.. completions.Select(static c => c.Record)],", "Checkpoints = [],", IsDeletedWrite: true),
        new("of several outcomes in one commit the last is left out", Outbox,
            "[.. completions.Select(static c => c.Record)]", "[.. completions.SkipLast(1).Select(static c => c.Record)]", IsDeletedWrite: true),
        new("outcomes are never handed over to be written", Outbox,
            "_waiting.Add((call, Record(call.Id, kind, call.Fingerprint, outcome)));", ";", IsDeletedWrite: true),
        new("outcomes are not committed", Outbox, Commit, Commit.Replace("await", "commit.Transition is null ? CommitResult.Committed : await"), IsDeletedWrite: true),
        new("outcomes are delivered first and committed then", Outbox, Commit, $"driver.Stored(completions);\ndriver.Continue(pumpHere: false);\ncompletions = [];\n{Commit}", IsDeletedWrite: true),
        new("the end of the run is not part of its commit", Outbox, "Transition = WithUndelivered(_transition, completions),", "Transition = null,", IsDeletedWrite: true),
        new("the end of the run is not committed", Outbox, Commit, Commit.Replace("await", "commit.Transition is not null ? CommitResult.Committed : await"), IsDeletedWrite: true),
        new("clearings are not part of their commit", Outbox, "Cleared = _transition is null ? _cleared : [.. _cleared, .. _clearedAtEnd],", "Cleared = [],", IsDeletedWrite: true),
        new("clearings are never handed over to be written", Outbox, "_clearedAtEnd = cleared;", ";", IsDeletedWrite: true),
        new("an outcome that is carried over is not cleared in its old place", Outbox, "_cleared.Add(recorded.Sequence);", ";", IsDeletedWrite: true),
        new("an outcome that is carried over is not stored in its new place", Outbox,
            "_waiting.Add((call, recorded with { Sequence = ++_lastSequence, StepId = call.Id, Fingerprint = call.Fingerprint, BuildId = driver.Engine.BuildId }));",
            "driver.Stored([(call, recorded)]);", IsDeletedWrite: true),
        new("a note of the engine is not stored", Outbox,
            "_waiting.Add((null, Record(stepId, kind, fingerprint, new StepOutcome(CheckpointStatus.Completed, 1, now, now))));", ";", IsDeletedWrite: true),
        new("an answer to Patched is not stored", Outbox,
            "_waiting.Add((null, Record(PatchNote.Id(patch), CheckpointKind.Patch, 0, new StepOutcome(CheckpointStatus.Completed, 1, now, now) { Result = PatchNote.Write(answer) })));", ";", IsDeletedWrite: true),
        new("an answer to Patched is not remembered", "Execution/ReplayLog.cs", "_patches[patch] = answer;", ";"),
        new("what a completed run never asked for is not cleared", "Execution/RunDriver.End.cs", "transition.Status == RunStatus.Completed ? _replay.NeverRequested() : []", "[]", IsDeletedWrite: true),
        new("a failed run does not say what a resume has to clear", "Execution/RunDriver.cs", "private long[] FailingSet() => [.. _failing.Where(static failure => !failure.Scope.HasMovedSince(failure.At)).SelectMany(static failure => failure.Sequences).Order()];", "private long[] FailingSet() => [];", IsDeletedWrite: true),
        new("a resume clears nothing", "Storage/InMemoryRun.cs", "Clear(_failingSet);", ";", IsDeletedWrite: true),
        new("the sequence of outcomes is not raised", Outbox, "        ++_lastSequence;\n        if (_loops is not null)", "        if (_loops is not null)"),
        new("failed attempts are forgotten", "Execution/StepProgress.cs", "Failed = note.Attempt;", "Failed = 0;"),
        new("a begun attempt that runs at most once runs again", Attempts, "if (call.IsBegun)", "if (call.IsBegun && !call.RunsAtMostOnce)"),
        new("an attempt that runs at most once is not stored before it begins", Attempts, "if (!call.RunsAtMostOnce)\n        {", "if (call is not null)\n        {", IsDeletedWrite: true),
        new("a failed attempt is not stored", Outbox, "if (!TryAdd(call, outcome.IsFinal ? call.Kind : CheckpointKind.StepAttempt, outcome))", "if (!outcome.IsFinal || !TryAdd(call, call.Kind, outcome))", IsDeletedWrite: true),
        new("a delay begins anew with each incarnation", Attempts, "LeftUntil(dueAt) is var left", "RetryPolicy.LongestDelay is var left"),
        new("the failing set of an attempt of the run is not cleared", "Execution/RunDriver.cs", "IsNextAttempt = true, FailingSet = failing", "IsNextAttempt = true"),
        new("a recorded step runs again", "Execution/ReplayLog.cs", "return ReplayAnswer.Recorded(entry.Record, progress, changed && _noted.Add((entry.Record.StepId, fingerprint)));", "return ReplayAnswer.New;"),
        new("the idempotency token is another one in each incarnation", "StepContext.cs", "NameBasedGuid.Create(_driver.Identity, StepId)", "NameBasedGuid.Create(_driver.Identity + _driver.Epoch, StepId)"),
        new("new bodies start before the replay is over", "Execution/RunDriver.Pump.cs",
            "if (!_replay.IsExhausted)\n            return AdvanceReplay();\n        StopIfRequested();\n        StartBodies();", "StartBodies();\n        if (!_replay.IsExhausted)\n            return AdvanceReplay();"),
        new("code that stands still over what it never asked for goes on", "Execution/ReplayLog.cs", "return Divergence.StoodStill(waiting, Unrequested(\"\"));", ";"),
        new("a commit that was fenced counts as stored", Outbox, "if (result == CommitResult.Fenced)", "if (result == (CommitResult)99)"),
        new("an unknown commit counts as stored", Committer, Reread, "return CommitResult.Committed;"),
        new("an unknown commit is repeated without being read back", Committer, Reread, "await engine.Delay(delay, held);"),
        new("an unknown commit is judged by the status of its run alone", Committer,
            "return commit.Transition is null && commit.Checkpoints.Count > 0 && run.LastSequence >= commit.Checkpoints[^1].Sequence ? CommitResult.Committed : null;", "return CommitResult.Committed;"),
        new("no lease is renewed", Leases, "wait = await TryRenewAsync(cancellationToken) ? worker.Lease / 3 : worker.Lease / 12;", ";"),
        new("a run is not given up when its lease cannot be renewed", Leases, "run.Incarnation.Drop(\"its lease could not be renewed\");", "_ = run;"),
        new("a run is not given up when its lease was lost", Leases, "run.Incarnation.Drop(\"its lease was lost\");", "_ = run;"),
    ];
}
