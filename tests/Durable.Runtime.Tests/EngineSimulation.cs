using Durable.CompilerServices;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests;

/// <summary>A <see cref="Simulation"/> of workflows that need no generated code, over a store with hooks, with all log lines kept.</summary>
internal sealed class EngineSimulation
{
    private readonly Simulation _simulation;
    private readonly bool _isUndisturbed;

    /// <summary>Makes a simulation.</summary>
    /// <param name="seed">Decides which of the waiting work runs next; null for the order in which it came.</param>
    /// <param name="isUndisturbed">True for a test of what one pass does, which the <see cref="ReplayLeg"/> must not multiply.</param>
    /// <param name="store">Puts something around the store, below the hooks; null for nothing.</param>
    public EngineSimulation(int? seed = null, bool isUndisturbed = false, Func<IRunStore, IRunStore>? store = null)
    {
        _isUndisturbed = isUndisturbed;
        _simulation = new Simulation(seed);
        Store = new HookedStore(store?.Invoke(_simulation.Store) ?? _simulation.Store);
    }

    /// <inheritdoc cref="Simulation.Clock"/>
    public ManualClock Clock => _simulation.Clock;

    public HookedStore Store { get; }

    public LogSink Logs { get; } = new();

    /// <summary>Starts a host on the shared store.</summary>
    public DurableHost Start(WorkflowDefinition workflow, Action<DurableOptions>? options = null, ManualClock? clock = null, Action<IServiceCollection>? services = null)
        => Start([workflow], options, clock, services);

    /// <inheritdoc cref="Start(WorkflowDefinition, Action{DurableOptions}?, ManualClock?, Action{IServiceCollection}?)"/>
    public DurableHost Start(WorkflowDefinition[] workflows, Action<DurableOptions>? options = null, ManualClock? clock = null, Action<IServiceCollection>? services = null)
        => _simulation.Start(durable =>
        {
            Configure(durable, workflows);
            services?.Invoke(durable.Services);
            durable.Configure(options ?? (_ => { }));
        }, clock);

    /// <inheritdoc cref="Simulation.Kill"/>
    public void Kill(DurableHost host) => _simulation.Kill(host);

    /// <summary>A client without a worker, in a process of its own.</summary>
    public IDurableClient Client(params WorkflowDefinition[] workflows) => _simulation.Client(durable => Configure(durable, workflows));

    /// <inheritdoc cref="Simulation.Run{T}"/>
    public T Run<T>(Func<Task<T>> work) => _simulation.Run(work);

    /// <inheritdoc cref="Simulation.Run(Func{Task})"/>
    public void Run(Func<Task> work) => _simulation.Run(work);

    /// <inheritdoc cref="Simulation.Begin{T}"/>
    public Task<T> Begin<T>(Func<Task<T>> work) => _simulation.Begin(work);

    /// <inheritdoc cref="Simulation.Settle"/>
    public void Settle() => _simulation.Settle();

    /// <inheritdoc cref="Simulation.Advance"/>
    public void Advance(TimeSpan by, ManualClock? clock = null) => _simulation.Advance(by, clock);

    /// <inheritdoc cref="Simulation.PassLeases"/>
    public void PassLeases() => _simulation.PassLeases();

    private void Configure(DurableBuilder durable, WorkflowDefinition[] workflows)
    {
        durable.DecorateStore((_, _) => Store).Add(_isUndisturbed ? null : ReplayLeg.Mode, workflows).Configure(options => options.BuildId = "build-1");
        durable.Services.AddSingleton<ILoggerFactory>(Logs);
    }
}
