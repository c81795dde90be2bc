using Durable.Execution;
using Durable.TestKit.Programs;

namespace Durable.Testing.Tests.Simulations;

/// <summary>The users' half of a world: workflow code and step bodies, which watch that they are treated as promised.</summary>
internal sealed class WorldCode(World world)
{
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
                ? await program.RunAsync(workflow, trace, new ProgramSteps(step => BodyAsync(host, id, epoch, step.StepId, step.CancellationToken), run.Executions))
                : await RunEditedAsync(host, workflow, id, epoch);
        }
        catch (Exception exception) when (exception is not StepFailedException)
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

    private async Task<string> RunEditedAsync(WorldHost host, WorkflowContext workflow, string id, long epoch)
    {
        string[] names = IsEdited ? ["a", "b", "new", "d"] : ["a", "b", "old", "d"];
        var values = new List<string>();
        foreach (var name in names)
            values.Add(await workflow.StepAsync(name, token => StepAsync(name, token)));
        return string.Join(' ', values);

        async Task<string> StepAsync(string name, CancellationToken token)
        {
            await BodyAsync(host, id, epoch, "/" + name, token);
            return name;
        }
    }

    private async Task BodyAsync(WorldHost host, string id, long epoch, string stepId, CancellationToken token)
    {
        Note("body starts", host, id + stepId, epoch);
        var kept = world.Ledger.Runs[id];
        if (kept.HasOutcomeOf(stepId))
        {
            if (kept.IsHeldBy(epoch))
                world.Violated($"G3: the body of {stepId} of {id} starts on {host.Name} in epoch {epoch}, and its outcome is stored");
            // A host that was held up past its lease may for a moment not know that the run went on elsewhere.
            Note("late body", host, id + stepId, epoch);
        }

        if (IsCalm || world.Random.Next(4) == 0)
            return;
        var end = new TaskCompletionSource();
        _bodies.Add((host, end));
        using var obeys = world.Random.Next(2) == 0 ? token.Register(() => end.TrySetCanceled(token)) : default;
        await end.Task;
        Note("body ends", host, id + stepId, epoch);
    }

    private void Note(string what, WorldHost host, string about, long detail = 0)
    {
        if (host.Lane.IsDead)
            world.Violated($"{host.Name} is dead, and something of it runs: {what} {about}");
        world.Trace.Note(what, host.Name, about, detail);
    }
}
