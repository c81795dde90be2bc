using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>What tests of waiting runs share: a simulation, and steps that leave a line when their body runs.</summary>
public abstract class WaitingTests
{
    private protected EngineSimulation Simulation { get; } = new();

    private protected Workers.Gate Gate { get; } = new();

    /// <summary>The steps whose bodies ran, in order.</summary>
    private protected List<string> Bodies { get; } = [];

    private protected DateTimeOffset Now => Simulation.Clock.GetUtcNow();

    private protected Task<string> StepAsync(string name, Func<StepContext, Task>? within = null) => TestStep.Define<string, string>(name, async (_, step) =>
    {
        Bodies.Add(name);
        await (within?.Invoke(step) ?? Task.CompletedTask);
        return $"{name} done";
    }).CallAsync("");

    /// <summary>A workflow that awaits nothing but durable work.</summary>
    private protected static WorkflowDefinition<TestWorkflow.Input, T> Define<T>(Func<WorkflowContext, Task<T>> body, string name = "Order", bool isSequential = false)
        => TestWorkflow.Define(name, body, isSequential, awaitsOnlyDurableWork: true);

    private protected RunHandle<T> Start<T>(Func<WorkflowContext, Task<T>> body, bool isSequential = false) => Start(Define(body, isSequential: isSequential));

    private protected RunHandle<T> Start<T>(WorkflowDefinition<TestWorkflow.Input, T> workflow, params WorkflowDefinition[] others)
    {
        var host = Simulation.Start([workflow, .. others]);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        return run;
    }

    private protected T Result<T>(RunHandle<T> run) => Simulation.Run(() => run.GetResultAsync());

    private protected RunInfo Info(RunHandle run) => Simulation.Run(() => run.GetInfoAsync());

    private protected IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => Simulation.Run(() => run.GetCheckpointsAsync());

    private protected void Signal<T>(RunHandle run, string name, T value, string? messageId = null)
    {
        Simulation.Run(() => run.SignalAsync(name, value, messageId));
        Simulation.Settle();
    }

    private protected void Advance(TimeSpan by) => Simulation.Advance(by);
}
