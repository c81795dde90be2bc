using Durable.CompilerServices;
using Durable.Hosting;
using Durable.Storage;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests;

/// <summary>
/// The whole engine on the test's own thread: work waits in a queue until the test lets it run, and time stands still until the test moves it.
/// Hosts of one simulation share its store, as worker processes would.
/// </summary>
internal sealed class Simulation
{
    private readonly TestScheduler _scheduler;
    private int _ids;

    /// <summary>Makes a simulation.</summary>
    /// <param name="order">Chooses which of the waiting work runs next; null for the order in which it came.</param>
    public Simulation(Random? order = null)
    {
        _scheduler = new TestScheduler(order);
        Store = new HookedStore(new InMemoryStore(Clock));
    }

    /// <summary>The clock of the store, and of every host that has none of its own.</summary>
    public ManualClock Clock { get; } = new();

    public HookedStore Store { get; }

    public LogSink Logs { get; } = new();

    /// <summary>Starts a host on the shared store.</summary>
    public DurableHost Start(WorkflowDefinition workflow, Action<DurableOptions>? options = null, ManualClock? clock = null, Action<IServiceCollection>? services = null)
        => Start([workflow], options, clock, services);

    /// <inheritdoc cref="Start(WorkflowDefinition, Action{DurableOptions}?, ManualClock?, Action{IServiceCollection}?)"/>
    public DurableHost Start(WorkflowDefinition[] workflows, Action<DurableOptions>? options = null, ManualClock? clock = null, Action<IServiceCollection>? services = null)
    {
        var host = Run(() => DurableHost.StartAsync(durable =>
        {
            Configure(durable, workflows, clock ?? Clock);
            services?.Invoke(durable.Services);
            durable.Configure(options ?? (_ => { }));
        }));
        Settle();
        return host;
    }

    /// <summary>A client without a worker, in a process of its own.</summary>
    public IDurableClient Client(params WorkflowDefinition[] workflows)
        => new ServiceCollection().AddDurableClient(durable => Configure(durable, workflows, Clock)).BuildServiceProvider().GetRequiredService<IDurableClient>();

    /// <summary>Runs work to its end. Throws when it stands still: something would have to happen that the test does not let happen.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        var task = Begin(work);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The work stands still.");
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Func<Task> work) => Run(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Starts work that may stand still until something else happens.</summary>
    public Task<T> Begin<T>(Func<Task<T>> work)
    {
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
        Settle();
        return task;
    }

    /// <summary>Lets everything run that can.</summary>
    public void Settle() => _scheduler.RunAll();

    /// <summary>Moves a clock (the shared one when none is given) in small steps, letting everything run that can after each.</summary>
    public void Advance(TimeSpan by, ManualClock? clock = null)
    {
        var step = TimeSpan.FromMilliseconds(100);
        for (var left = by; left > TimeSpan.Zero; left -= step)
        {
            (clock ?? Clock).Advance(left < step ? left : step);
            Settle();
        }
    }

    /// <summary>Lets every lease pass that nobody renews. A host with a clock of its own renews nothing until that clock is moved: to the others it is dead.</summary>
    public void PassLeases() => Advance(TimeSpan.FromSeconds(31));

    private void Configure(DurableBuilder durable, WorkflowDefinition[] workflows, TimeProvider clock)
    {
        durable.UseStore(_ => Store).AddModule(new TestModule(workflows)).Configure(options => options.BuildId = "build-1");
        durable.Services.AddSingleton(clock);
        durable.Services.AddSingleton<ILoggerFactory>(Logs);
        durable.Services.AddSingleton(new EngineSeams(_scheduler, () => new Guid(Interlocked.Increment(ref _ids), 0, 0, new byte[8])));
    }
}
