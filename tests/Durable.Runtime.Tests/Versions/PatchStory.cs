using Durable.CompilerServices;
using Durable.Runtime.Tests.Deploy;

namespace Durable.Runtime.Tests.Versions;

/// <summary>A run of a workflow with steps a, b and c that build 1 leaves behind before one of them, and that goes on in code which asks whether it was patched between a and b.</summary>
public abstract class PatchStory : DeployStory
{
    private protected const string Change = "audit-orders";

    /// <summary>What the code of build 2 was told, in order.</summary>
    private protected List<bool> Answers { get; } = [];

    /// <summary>Build 1 dies in the body of a step, or before it has begun anything.</summary>
    private protected void CrashInOldBuild(string within, bool isSequential = true) => CrashInOldBuild(TestWorkflow.Define("Order", async w =>
    {
        foreach (var step in (string[])["a", "b", "c"])
            await w.StepAsync(step, _ => step == within ? Forever : Task.FromResult(0));
        return "old";
    }, isSequential, awaitsOnlyDurableWork: true));

    /// <summary>The code of build 2: a, then what was added, then b and c.</summary>
    private protected WorkflowDefinition<TestWorkflow.Input, string> Patched(bool isSequential = true) => Define(async w =>
    {
        await Step(w, "a");
        if (Ask(w))
            await Step(w, "audit");
        await Step(w, "b");
        await Step(w, "c");
        return string.Join(' ', NewBodies);
    }, isSequential);

    private protected bool Ask(WorkflowContext workflow, string change = Change)
    {
        var answer = workflow.Patched(change);
        Answers.Add(answer);
        return answer;
    }

    private protected RunHandle<string> StartNew(WorkflowDefinition<TestWorkflow.Input, string> workflow, string runId = "new")
    {
        var host = EngineSimulation.Start(workflow, options => options.BuildId = "build-2");
        return EngineSimulation.Run(() => host.Client.StartAsync(workflow.Call(), runId));
    }

    private protected static WorkflowDefinition<TestWorkflow.Input, string> Define(Func<WorkflowContext, Task<string>> body, bool isSequential = true)
        => TestWorkflow.Define("Order", body, isSequential, awaitsOnlyDurableWork: true);

    private protected IReadOnlyList<Checkpoint> Notes(RunHandle run) => [.. EngineSimulation.Run(() => run.GetCheckpointsAsync()).Where(checkpoint => checkpoint.Kind == CheckpointKind.Patch)];
}
