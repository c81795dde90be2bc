using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Branches;

/// <summary>What tests of maps share: a simulation, and one step whose body does for each value what the test says.</summary>
public abstract class BranchTests
{
    private readonly Doors _doors = new();
    private readonly HashSet<string> _failing = [];

    private protected EngineSimulation Simulation { get; } = new();

    /// <summary>The values whose bodies began, in order.</summary>
    private protected List<string> Bodies { get; } = [];

    /// <summary>The values whose bodies were told to stop.</summary>
    private protected List<string> Told { get; } = [];

    /// <summary>A step that waits for its gate where it has one, then fails or returns its value.</summary>
    private protected Task<string> Work(string value) => Step().CallAsync(value);

    private protected Task<string> WorkAtMostOnce(string value) => Step(mode: StepMode.AtMostOnce).CallAsync(value);

    private protected Task<string> Retried(string value, TimeSpan delay) => Step(new RetryPolicy { InitialDelay = delay, MaxDelay = delay, Jitter = Jitter.None }).CallAsync(value);

    /// <summary>Lets bodies of these values wait until they are released, or told to stop.</summary>
    private protected void Hold(params string[] values) => Array.ForEach(values, value => _doors.Close(value, isDeaf: false));

    /// <summary>Lets bodies of these values wait until they are released, whatever they are told.</summary>
    private protected void HoldDeaf(params string[] values) => Array.ForEach(values, value => _doors.Close(value, isDeaf: true));

    private protected void Fail(params string[] values) => _failing.UnionWith(values);

    private protected void Mend(params string[] values) => _failing.ExceptWith(values);

    /// <summary>Lets the bodies of these values go on, and everything happen that follows at once.</summary>
    private protected void Release(params string[] values)
    {
        Array.ForEach(values, _doors.Open);
        Simulation.Settle();
    }

    private protected static WorkflowDefinition<TestWorkflow.Input, string> Define(Func<WorkflowContext, Task<string>> body, RetryPolicy? policy = null) => new()
    {
        Name = "Order",
        Declaration = "Tests.Order (Durable.Runtime.Tests)",
        CallFactory = "Tests.OrderCall",
        AwaitsOnlyDurableWork = true,
        Retry = policy,
        Json = TestWorkflow.Json,
        Body = (_, _, workflow, _) => new ValueTask<string>(body(workflow)),
        Arguments = TestWorkflow.Payload<TestWorkflow.Input>(),
        Result = TestWorkflow.Payload<string>(),
    };

    private protected RunHandle<string> Start(Func<WorkflowContext, Task<string>> body) => Start(Define(body), out _);

    private protected RunHandle<string> Start(WorkflowDefinition<TestWorkflow.Input, string> workflow, out DurableHost host)
    {
        var started = host = Simulation.Start(workflow);
        return Simulation.Run(() => started.Client.StartAsync(workflow.Call(), "run"));
    }

    /// <summary>The process dies, and another one takes the run over.</summary>
    private protected DurableHost Crash(DurableHost host, WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        Simulation.Kill(host);
        Simulation.PassLeases();
        var next = Simulation.Start(workflow);
        Simulation.Settle();
        return next;
    }

    private protected RunHandle<string> RunOf(WorkflowDefinition workflow) => Simulation.Client(workflow).GetRun<string>("run");

    private protected string Result(RunHandle<string> run) => Simulation.Run(() => run.GetResultAsync());

    private protected RunFailedException Failure(RunHandle<string> run) => Assert.Throws<RunFailedException>(() => Simulation.Run(() => run.GetResultAsync()));

    private protected RunStatus Status(RunHandle run) => Simulation.Run(() => run.GetStatusAsync());

    /// <summary>The ids of what is stored, in order, but for what was cleared.</summary>
    private protected List<string> Stored(RunHandle run)
        => [.. Simulation.Run(() => run.GetCheckpointsAsync()).Where(checkpoint => checkpoint.Status != CheckpointStatus.Cleared).Select(checkpoint => checkpoint.StepId)];

    /// <summary>What became of each item, in order: <c>a+ b- c? d.</c> for succeeded, failed, abandoned, not started.</summary>
    private protected static string Text(MapOutcome outcome) => $"{outcome.End}: {string.Join(' ', outcome.Items.Select(item => item.Key + ".+-?"[(int)item.Status]))}";

    /// <summary>The outcome of a map as text, also where it failed.</summary>
    private protected static async Task<string> Outcome<TOutcome>(Task<TOutcome> map) where TOutcome : MapOutcome
    {
        try
        {
            return Text(await map);
        }
        catch (MapFailedException failed)
        {
            return Text(failed.Outcome);
        }
    }

    /// <summary>Waits for the gate of a value, where it has one.</summary>
    private protected Task PassAsync(string value, CancellationToken cancellationToken) => _doors.PassAsync(value, cancellationToken);

    private StepDefinition<TestStep.Arguments<string>, string> Step(RetryPolicy? retry = null, StepMode mode = StepMode.AtLeastOnce) => TestStep.Define<string, string>("Work", async (value, step) =>
    {
        Bodies.Add(value);
        using var told = step.CancellationToken.Register(() => Told.Add(value));
        await PassAsync(value, step.CancellationToken);
        return _failing.Contains(value) ? throw new IOException($"{value} is down") : value;
    }, retry, mode);
}
