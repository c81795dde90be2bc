using Durable.Testing.Faults;

namespace Durable.Storage.Contract.Faults;

/// <summary>One play of a scenario: its world, the fault in it, and what must be true in the end.</summary>
/// <param name="runId">The run that it is about; other plays have left theirs in the store.</param>
/// <param name="world">Hosts, clients, time.</param>
/// <param name="fault">The kind of fault, and what it may cost.</param>
/// <param name="plan">Which call it finds.</param>
internal sealed class Scenario(string runId, FaultWorld world, FaultCase fault, FaultPlan plan)
{
    private static readonly ClaimRequest s_everything = new()
    {
        Worker = "nobody",
        Max = 100,
        Lease = TimeSpan.FromSeconds(30),
        Workflows = [.. ((string[])["InSequence", "InBranches", "PastAFailure", "UntilMended", "Edited"]).Select(name => new WorkflowIdentity($"{nameof(Letters)}.{name}", 1))],
    };

    public FaultWorld World => world;

    public Witness Witness => world.Witness;

    /// <summary>Waits for the result as any caller does.</summary>
    public Task<string> ResultAsync(IDurableClient client) => client.GetRun<string>(runId).GetResultAsync();

    /// <summary>Starts the run, asking again when the store fails.</summary>
    public void Start(IDurableClient client, WorkflowCall<string> call, IfFailed ifFailed = IfFailed.Return)
        => world.Insist(() => client.StartAsync(call, runId, new StartOptions { IfFailed = ifFailed }));

    /// <summary>Waits for the result, asking again when the store fails.</summary>
    public string Result(IDurableClient client) => world.Insist(() => ResultAsync(client));

    /// <summary>Waits for an end that is no result.</summary>
    public void Ends<TException>(IDurableClient client) where TException : Exception => Assert.Throws<TException>(() => Result(client));

    /// <summary>True when the run is listed.</summary>
    public bool IsListed(IDurableClient client, RunStatus status)
        => world.Insist(() => client.ListRunsAsync(new RunFilter { Statuses = [status], RunIdPrefix = runId })).Runs.Any(run => run.RunId == runId);

    /// <summary>Ends the run at once.</summary>
    public void Terminate(IDurableClient client) => world.Insist(async () =>
    {
        await client.GetRun(runId).TerminateAsync("no longer wanted");
        return true;
    });

    /// <summary>Removes what was terminated.</summary>
    public void Purge(IDurableClient client) => world.Insist(() => client.PurgeRunsAsync(TimeSpan.Zero, [RunStatus.Canceled]));

    /// <summary>Accepts a divergence, asking again when the store fails. Who is told that the run has completed meanwhile knows that he was heard.</summary>
    public void Accept(IDurableClient client) => world.Insist(async () =>
    {
        try
        {
            await client.GetRun(runId).ResumeAsync(acceptDivergence: true);
        }
        catch (RunNotResumableException) when (Witness.Ends[^1].EndsWith(nameof(RunStatus.Completed), StringComparison.Ordinal))
        {
        }

        return true;
    });

    /// <summary>Asks for the run to be canceled, again when the store fails.</summary>
    public void Cancel(IDurableClient client) => world.Insist(async () =>
    {
        await client.GetRun(runId).CancelAsync("no longer wanted");
        return true;
    });

    /// <summary>Withdraws a cancellation, asking again when the store fails.</summary>
    public void Withdraw(IDurableClient client) => world.Insist(async () =>
    {
        await client.GetRun(runId).ResumeAsync();
        return true;
    });

    /// <summary>Says what came of a step, asking again when the store fails.</summary>
    public void Complete(IDurableClient client, string stepId, string value) => world.Insist(async () =>
    {
        await client.GetRun(runId).CompleteStepAsync(stepId, value);
        return true;
    });

    /// <summary>Stops all hosts, lets everything arrive that is late, and compares what is left with what is expected.</summary>
    public void Check(Expected expected)
    {
        world.StopAll();
        // Timers that nobody disposed of would never be gone, neither would anything else that still waits for its time.
        world.PassUntil(() => world.Clock.Armed == 0, "the last timer");
        CheckBodies(expected);
        CheckRun(expected);
        CheckNothingIsLeft();
    }

    private void CheckBodies(Expected expected)
    {
        Assert.Empty(Witness.Wrongs);
        string[] steps = expected.Perhaps is { } perhaps ? [.. expected.Steps, perhaps] : expected.Steps;
        Assert.Equal(steps.Select(step => step.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal), Witness.Executions.Keys.Order(StringComparer.Ordinal));
        var mayRepeat = plan.Hits.Count > 0 && (fault.Repeats == Repeats.Unfinished || (fault.Repeats == Repeats.Beside && expected.HasBodiesBeside));
        foreach (var (step, count) in Witness.Executions)
        {
            var due = expected.ExecutionsOf(step);
            var most = due + (mayRepeat ? 1 : 0);
            Assert.True(count >= due && count <= most, $"The body of {step} was executed {count} times, not {due}{(most > due ? $" to {most}" : "")}.");
        }
    }

    private void CheckRun(Expected expected)
    {
        Assert.Equal(expected.Ends.Select(status => $"{runId} {status}"), Witness.Ends);
        var run = world.Ask(store => store.FindRunAsync(runId, default))!;
        Assert.Equal((expected.Ends[^1], expected.Attempt), (run.Status, run.Attempt));
        var hit = plan.Hits.SingleOrDefault();
        // A commit that fails for a moment costs nothing, not even the hold on the run.
        if (expected.Epoch is { } epoch && (hit is null || (fault.Repeats == Repeats.None && hit.Verb == nameof(IRunStore.CommitAsync))))
            Assert.Equal(epoch, run.Epoch);
        var checkpoints = world.Ask(store => store.ReadCheckpointsAsync(runId, default));
        var found = checkpoints.Select(checkpoint => $"{checkpoint.StepId} {checkpoint.Status}").Order(StringComparer.Ordinal).ToList();
        IEnumerable<string> steps = expected.Perhaps is { } perhaps && found.Contains(perhaps) ? [.. expected.Steps, perhaps] : expected.Steps;
        Assert.Equal(steps.Concat(expected.Notes).Order(StringComparer.Ordinal), found);
        Assert.All(checkpoints, checkpoint => Assert.Equal(1, checkpoint.Attempt));
        Assert.Equal(Enumerable.Range(1, checkpoints.Count).Select(sequence => (long)sequence), checkpoints.Select(checkpoint => checkpoint.Sequence));
    }

    private void CheckNothingIsLeft()
    {
        Assert.All(world.Ask(store => store.CountRunsAsync(default)), count => Assert.True(IsEnd(count.Status), $"{count.Count} runs are left {count.Status}."));
        Assert.Empty(world.Ask(store => store.ClaimRunsAsync(s_everything, default)));
    }

    private static bool IsEnd(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined;
}
