using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Runs whose bodies stand still until the test kills their process or lets them go on, and processes that died before the test began.</summary>
internal sealed class CrashStory
{
    private readonly Dictionary<string, TaskCompletionSource> _doors = [];
    private readonly List<string> _bodies = [];
    private readonly List<string> _starts = [];

    public CrashStory()
    {
        Workflow = TestWorkflow.Define(
            "Order",
            async (w, steps) =>
            {
                _starts.Add(w.RunId);
                foreach (var step in steps.Split(' '))
                    await w.StepAsync(step, ct => BodyAsync(w.RunId, step, ct));
                return steps;
            },
            isSequential: true,
            awaitsOnlyDurableWork: true);
    }

    public EngineSimulation Simulation { get; } = new();

    /// <summary>A workflow whose argument names its steps.</summary>
    public WorkflowDefinition<TestWorkflow.Input, string> Workflow { get; }

    /// <summary>The bodies that began, in order: run and step.</summary>
    public IReadOnlyList<string> Bodies => _bodies;

    /// <summary>The runs whose code was started, once for each incarnation.</summary>
    public IReadOnlyList<string> CodeStarts => _starts;

    /// <summary>The bodies that are executing.</summary>
    public List<string> Executing { get; } = [];

    /// <summary>Accepts runs, which wait for a worker.</summary>
    public void Accept(string runId, string steps = "work") => Simulation.Run(() => Simulation.Client(Workflow).StartAsync(Workflow.Call(steps), runId));

    /// <summary>Starts a host.</summary>
    public DurableHost Start(Action<DurableOptions>? options = null) => Simulation.Start(Workflow, options);

    /// <summary>Kills a host, and lets its leases pass.</summary>
    public void Kill(DurableHost host)
    {
        Executing.Clear();
        Simulation.Kill(host);
        Simulation.PassLeases();
    }

    /// <summary>As many processes claim all runs that are due, and die.</summary>
    /// <param name="times">How many.</param>
    /// <param name="lastLease">How long the lease of the last one still holds, by a clock that this does not move; none for one that has passed.</param>
    public void Die(int times, TimeSpan? lastLease = null)
    {
        for (var time = 1; time <= times; time++)
        {
            var lease = time == times && lastLease is { } last ? last : TimeSpan.FromSeconds(1);
            var claim = new ClaimRequest { Worker = $"dead-{time}", Max = 100, Lease = lease, Workflows = [new(Workflow.Name, Workflow.Version)] };
            Simulation.Run(() => Simulation.Store.ClaimRunsAsync(claim, CancellationToken.None).AsTask());
            if (lease != lastLease)
                Simulation.Clock.Advance(lease);
        }
    }

    /// <summary>Lets the body of a step go on, now or once it begins.</summary>
    public void Open(string run, string step = "work")
    {
        Door(run, step).TrySetResult();
        Simulation.Settle();
    }

    public RunInfo Info(string runId) => Simulation.Run(() => Simulation.Client(Workflow).GetRun(runId).GetInfoAsync());

    public RunStatus Status(string runId) => Info(runId).Status;

    /// <summary>The count that the store keeps.</summary>
    public int Takeovers(string runId) => Simulation.Run(() => Simulation.Store.FindRunAsync(runId, CancellationToken.None).AsTask())!.Takeovers;

    private async Task<int> BodyAsync(string run, string step, CancellationToken cancellationToken)
    {
        var name = $"{run} {step}";
        _bodies.Add(name);
        Executing.Add(name);
        var canceled = new TaskCompletionSource();
        using var registration = cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
        try
        {
            await await Task.WhenAny(Door(run, step).Task, canceled.Task);
        }
        finally
        {
            Executing.Remove(name);
        }

        return 0;
    }

    private TaskCompletionSource Door(string run, string step)
    {
        if (!_doors.TryGetValue($"{run} {step}", out var door))
            _doors.Add($"{run} {step}", door = new TaskCompletionSource());
        return door;
    }
}
