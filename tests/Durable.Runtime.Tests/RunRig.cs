using Durable.CompilerServices;
using Durable.Execution;
using Durable.Registration;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests;

/// <summary>One run of one workflow, driven incarnation by incarnation as a worker would, on a clock that stands still.</summary>
internal sealed class RunRig<TResult>
{
    public const string RunId = "run-1";

    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);

    /// <summary>Makes a rig.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="scheduler">Where the engine works; null for the thread pool.</param>
    /// <param name="isUndisturbed">True for a test of what one pass does, which the <see cref="ReplayLeg"/> must not multiply.</param>
    public RunRig(WorkflowDefinition<TestWorkflow.Input, TResult> workflow, TaskScheduler? scheduler = null, bool isUndisturbed = false)
    {
        Workflow = workflow;
        Store = new HookedStore(new InMemoryStore(Clock));
        Engine = new Engine
        {
            Store = Store,
            Workflows = new WorkflowRegistry([workflow]),
            Options = Options,
            Scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(),
            Loggers = Log,
            Log = Log.CreateLogger("Durable"),
            BuildId = "build-1",
            Worker = "worker",
            Time = Clock,
            Scheduler = scheduler ?? TaskScheduler.Default,
            IsDebugged = () => IsDebugged,
            ForcedReplay = isUndisturbed ? null : ReplayLeg.Mode,
            NewId = static () => new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]),
        };
    }

    public WorkflowDefinition<TestWorkflow.Input, TResult> Workflow { get; }

    public ManualClock Clock { get; } = new();

    public HookedStore Store { get; }

    public LogSink Log { get; } = new();

    public DurableOptions Options { get; } = new();

    /// <summary>True for runs that a debugger is attached to.</summary>
    public bool IsDebugged { get; init; }

    public Engine Engine { get; }

    /// <summary>An incarnation: as soon as the run was released, or once the lease of its last holder has passed.</summary>
    /// <param name="isUnattended">True for one whose lease nobody renews, so that it is over when the clock is moved.</param>
    public Incarnation Claim(bool isUnattended = false)
    {
        var create = Store.CreateRunAsync(new NewRun { RunId = RunId, Workflow = new(Workflow.Name, Workflow.Version), Input = Workflow.Call().Input, Fingerprint = 0 }, default);
        Assert.True(create.IsCompletedSuccessfully);
        if (create.Result.Run.Status == RunStatus.Running)
            Clock.Advance(s_lease);
        var claim = Store.ClaimRunsAsync(new ClaimRequest { Worker = "worker", Max = 1, Lease = s_lease, Workflows = Engine.Workflows.Identities }, default);
        Assert.True(claim.IsCompletedSuccessfully);
        var deadline = isUnattended ? new LeaseDeadline(Clock, static () => s_lease, Clock.GetTimestamp()) : null;
        return new Incarnation(new RunDriver(Engine, Assert.Single(claim.Result), Workflow, deadline));
    }

    /// <summary>Drives a claimed run on the engine's scheduler, as the worker does.</summary>
    public Task<RunEnd> DriveAsync(Incarnation incarnation) => Engine.Start(incarnation.RunAsync);

    /// <summary>Claims the run and drives it until its incarnation is over.</summary>
    public Task<RunEnd> DriveAsync() => DriveAsync(Claim());

    public async Task<RunRecord> FindAsync() => await Store.FindRunAsync(RunId, default) ?? throw new InvalidOperationException("The run is not there.");

    public async Task<RunStatus> StatusAsync() => (await FindAsync()).Status;

    public async Task<ErrorInfo> ErrorAsync() => Serialization.StoredError.Read((await FindAsync()).Error) ?? throw new InvalidOperationException("The run has no error.");

    public async Task<TResult> ResultAsync()
    {
        var run = await FindAsync();
        Assert.True(run.Status == RunStatus.Completed, $"{run.Status}: {Serialization.StoredError.Read(run.Error)?.Message}");
        return Serialization.StoredPayload.Read(Workflow.Result, run.Result.Span, "The result");
    }

    public Task<IReadOnlyList<Checkpoint>> HistoryAsync() => new Durable.Client.DurableClient(Engine).GetRun(RunId).GetCheckpointsAsync();

    public Task ResumeAsync(bool acceptDivergence = false) => new Durable.Client.DurableClient(Engine).GetRun(RunId).ResumeAsync(acceptDivergence);
}
