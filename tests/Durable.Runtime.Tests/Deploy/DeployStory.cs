using Durable.CompilerServices;
using Durable.Testing;

namespace Durable.Runtime.Tests.Deploy;

/// <summary>A run that build 1 leaves behind in the middle, and that build 2 takes over.</summary>
public abstract class DeployStory
{
    private protected static readonly Task<int> Forever = new TaskCompletionSource<int>().Task;

    private protected EngineSimulation EngineSimulation { get; } = new();

    /// <summary>The bodies that ran in build 2, in order.</summary>
    private protected List<string> NewBodies { get; } = [];

    private protected RunHandle<string> Run { get; private set; } = null!;

    /// <summary>Build 1 starts the run, and dies where its code stands still.</summary>
    private protected void CrashInOldBuild(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = EngineSimulation.Start(workflow, clock: new ManualClock());
        Run = EngineSimulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        EngineSimulation.PassLeases();
    }

    /// <summary>Another build takes the run over. Returns where the run stands when nothing more happens.</summary>
    private protected RunStatus GoOnInNewBuild(WorkflowDefinition<TestWorkflow.Input, string> workflow, Action<DurableOptions>? options = null)
    {
        var host = EngineSimulation.Start(workflow, o =>
        {
            o.BuildId = "build-2";
            options?.Invoke(o);
        });
        Run = host.Client.GetRun<string>("run");
        return Status();
    }

    private protected RunStatus Status() => EngineSimulation.Run(() => Run.GetStatusAsync());

    private protected string Result() => EngineSimulation.Run(() => Run.GetResultAsync());

    private protected string Error() => EngineSimulation.Run(() => Run.GetInfoAsync()).Error!.Message;

    private protected IReadOnlyList<Checkpoint> Checkpoints() => EngineSimulation.Run(() => Run.GetCheckpointsAsync());

    private protected void AcceptDivergence()
    {
        EngineSimulation.Run(() => Run.ResumeAsync(acceptDivergence: true));
        EngineSimulation.Settle();
    }

    /// <summary>A step of build 2 that records that its body ran.</summary>
    private protected Task<int> Step(WorkflowContext workflow, string name, int result = 0) => workflow.StepAsync(name, _ =>
    {
        NewBodies.Add(name);
        return Task.FromResult(result);
    });
}
