using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>What tests of canceled and undone runs share: a simulation, a gate, and steps that leave a line when their body runs.</summary>
public abstract class FailureTests
{
    private protected EngineSimulation Simulation { get; } = new();

    private protected Workers.Gate Gate { get; } = new();

    /// <summary>The steps whose bodies ran, in order.</summary>
    private protected List<string> Bodies { get; } = [];

    private protected StepDefinition<TestStep.Arguments<string>, string> Step(string name, bool fails = false) => Body(name, _ => fails ? throw new IOException($"{name} is down") : Task.CompletedTask);

    /// <summary>A step whose body waits, and gives up when it is told.</summary>
    private protected StepDefinition<TestStep.Arguments<string>, string> Held(string name) => Body(name, step => Gate.PassAsync(step.CancellationToken));

    /// <summary>A step whose body waits, whatever it is told.</summary>
    private protected StepDefinition<TestStep.Arguments<string>, string> Deaf(string name) => Body(name, _ => Gate.PassAsync());

    private protected StepDefinition<TestStep.Arguments<string>, string> Body(string name, Func<StepContext, Task> within) => TestStep.Define<string, string>(name, async (_, step) =>
    {
        Bodies.Add(name);
        await within(step);
        return $"{name} done";
    });

    /// <summary>A workflow that awaits one durable call after the other, and nothing else.</summary>
    private protected static WorkflowDefinition<TestWorkflow.Input, string> Define(Func<WorkflowContext, Task<string>> body, RetryPolicy? policy = null) => new()
    {
        Name = "Order",
        Declaration = "Tests.Order (Durable.Runtime.Tests)",
        CallFactory = "Tests.OrderCall",
        IsSequential = true,
        AwaitsOnlyDurableWork = true,
        Retry = policy,
        Json = TestWorkflow.Json,
        Body = (_, _, workflow, _) => new ValueTask<string>(body(workflow)),
        Arguments = TestWorkflow.Payload<TestWorkflow.Input>(),
        Result = TestWorkflow.Payload<string>(),
    };

    private protected RunHandle<string> Start(Func<WorkflowContext, Task<string>> body) => Start(Define(body));

    private protected RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow, StartOptions? options = null)
    {
        var host = Simulation.Start(workflow);
        return Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run", options));
    }

    /// <summary>Asks for the run to be canceled, and lets happen what follows at once.</summary>
    private protected void Cancel(RunHandle run)
    {
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
    }

    private protected RunCanceledException Outcome(RunHandle<string> run) => Assert.Throws<RunCanceledException>(() => Simulation.Run(() => run.GetResultAsync()));

    private protected RunFailedException Failure(RunHandle<string> run) => Assert.Throws<RunFailedException>(() => Simulation.Run(() => run.GetResultAsync()));

    private protected IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => Simulation.Run(() => run.GetCheckpointsAsync());
}
