using Durable.Execution;
using Durable.TestKit.Programs;

namespace Durable.Testing.Tests.Simulations;

/// <summary>The users' half of a world: workflow code and step bodies, which watch that they are treated as promised.</summary>
internal sealed class WorldCode(World world)
{
    // By how much the clock of a host may go too fast.
    private const double ClockError = 0.05;

    private readonly List<(WorldHost Host, TaskCompletionSource End)> _bodies = [];

    /// <summary>True once bodies end at once.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Which of its two forms the edited workflow has.</summary>
    public bool IsEdited { get; set; }

    /// <summary>How many bodies of hosts that still exist have not ended.</summary>
    public int Running => _bodies.Count;

    public async Task<string> RunAsync(WorldHost host, WorkflowContext workflow, string id)
    {
        var run = world.Runs[id];
        var epoch = ((RunSynchronizationContext)SynchronizationContext.Current!).Driver.Epoch;
        var trace = new ProgramTrace(line => Note("hears", host, line));
        run.Incarnations.Add((workflow.Attempt, host.Name, trace));
        Note("code starts", host, id, epoch);
        try
        {
            return run.Program is { } program
                ? await program.RunAsync(workflow, trace, new ProgramSteps(step => BodyAsync(host, run, step), run.Executions))
                : await RunEditedAsync(host, workflow, run);
        }
        catch (Exception exception) when (exception is not (StepFailedException or StepInterruptedException or RunCanceledException))
        {
            world.Violated($"the code of {id} on {host.Name} saw {exception}");
            throw;
        }
    }

    /// <summary>Ends some of the running bodies, or all.</summary>
    public void EndBodies(Func<bool> which)
    {
        for (var i = _bodies.Count - 1; i >= 0; i--)
        {
            if (!which())
                continue;
            var (_, end) = _bodies[i];
            _bodies.RemoveAt(i);
            end.TrySetResult();
        }
    }

    public void Died(WorldHost host) => _bodies.RemoveAll(body => body.Host == host);

    private async Task<string> RunEditedAsync(WorldHost host, WorkflowContext workflow, WorldRun run)
    {
        string[] names = IsEdited ? ["a", "b", "new", "d"] : ["a", "b", "old", "d"];
        var values = new List<string>();
        foreach (var name in names)
            values.Add(await workflow.StepAsync(name, key: null, new StepOptions(), (step, _) => StepAsync(name, step)));
        return string.Join(' ', values);

        async Task<string> StepAsync(string name, StepContext step)
        {
            await BodyAsync(host, run, step);
            return name;
        }
    }

    private async Task BodyAsync(WorldHost host, WorldRun run, StepContext step)
    {
        Note("body starts", host, run.Id + step.StepId, step.Epoch);
        JudgeBegin(host, run, step);
        if (!IsCalm && world.Random.Next(4) != 0)
        {
            var end = new TaskCompletionSource();
            _bodies.Add((host, end));
            using var obeys = world.Random.Next(2) == 0 ? step.CancellationToken.Register(() => Obey(host, run, step, end)) : default;
            await end.Task;
            Note("body ends", host, run.Id + step.StepId, step.Epoch);
        }

        // Once the world is calm, everything comes to its end.
        if (run.BodiesFail && (!IsCalm || step.Attempt == 1) && world.Random.Next(2) == 0)
            throw new InvalidOperationException($"attempt {step.Attempt} of {step.StepId} fails");
    }

    private void JudgeBegin(WorldHost host, WorldRun run, StepContext step)
    {
        var kept = world.Ledger.Runs[run.Id];
        if (kept.HasOutcomeOf(step.StepId))
        {
            if (kept.IsHeldBy(step.Epoch))
                world.Violated($"G3: the body of {step.StepId} of {run.Id} starts on {host.Name} in epoch {step.Epoch}, and its outcome is stored");
            // A host that was held up past its lease may for a moment not know that the run went on elsewhere.
            Note("late body", host, run.Id + step.StepId, step.Epoch);
        }

        // A host measures by its own clock since it was told of the store's.
        var inaccuracy = (world.Now - kept.ClaimedAt) * ClockError + host.CaughtUp;
        if (kept.IsHeldBy(step.Epoch) && kept.FailedAttemptOf(step.StepId) is { } failed && failed.Attempt < step.Attempt && failed.DueAt - world.Now > inaccuracy)
            world.Violated($"G6: attempt {step.Attempt} of {step.StepId} of {run.Id} begins on {host.Name} {failed.DueAt - world.Now} before its delay of {failed.Wait} has passed");
    }

    // Some services answer a cancellation with an error of their own.
    private void Obey(WorldHost host, WorldRun run, StepContext step, TaskCompletionSource end)
    {
        if (!run.BodiesFail || world.Random.Next(2) == 0)
            end.TrySetCanceled(step.CancellationToken);
        else if (end.TrySetException(new IOException($"attempt {step.Attempt} of {step.StepId} was cut off")) && !host.Lane.IsDead)
            Note(step.IsAbandoned ? "cut off" : "cut off in time", host, run.Id + step.StepId, step.Epoch);
    }

    private void Note(string what, WorldHost host, string about, long detail = 0)
    {
        if (host.Lane.IsDead)
            world.Violated($"{host.Name} is dead, and something of it runs: {what} {about}");
        world.Trace.Note(what, host.Name, about, detail);
    }
}
