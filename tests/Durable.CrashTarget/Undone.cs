using System.Text.Json;

namespace Durable.CrashTarget;

/// <summary>Two things that are taken, a third that is refused, and the two given back in reverse.</summary>
public sealed partial class Undone(Bodies bodies)
{
    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> TakeAsync(long value);
    [Step] private partial Task<Link> RefuseAsync();
    [Step] private partial Task<Link> GiveBackAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed, WorkflowContext workflow)
    {
        var first = await TakeAsync(seed);
        workflow.Compensate("first", _ => GiveBackAsync(first.Value));
        var second = await TakeAsync(first.Value);
        workflow.Compensate("second", _ => GiveBackAsync(second.Value));
        var third = await RefuseAsync();
        return new Outcome(third.Value, [first.Proof, second.Proof, third.Proof]);
    }

    private Task<Link> TakeAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 3);
    private Link RefuseAsyncCore(StepContext step) => bodies.Fail(step, "refused");
    private Task<Link> GiveBackAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * 10);

    /// <summary>What is recorded of a run that was undone: each step once, whose order is part of the value.</summary>
    public static async Task<Outcome> ReadAsync(RunHandle run)
    {
        var (value, proofs) = (0L, new List<Guid>());
        foreach (var checkpoint in (await run.GetCheckpointsAsync()).Where(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: CheckpointStatus.Completed }))
        {
            var link = JsonSerializer.Deserialize<Link>(checkpoint.Result.Span)!;
            value = (value * 3) + link.Value;
            proofs.Add(link.Proof);
        }

        return new Outcome(value, proofs);
    }
}
