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
internal sealed class Simulation : TaskScheduler
{
    private readonly Lock _gate = new();
    private readonly List<Task> _queue = [];
    private readonly Random? _order;
    private int _ids;

    /// <summary>Makes a simulation.</summary>
    /// <param name="order">Chooses which of the waiting work runs next; null for the order in which it came.</param>
    public Simulation(Random? order = null)
    {
        _order = order;
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
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
        Settle();
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
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
        Settle();
        return task;
    }

    /// <summary>Lets everything run that can.</summary>
    public void Settle()
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (TryTake(out var task))
                TryExecuteTask(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

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
        durable.Services.AddSingleton(new EngineSeams(this, () => new Guid(Interlocked.Increment(ref _ids), 0, 0, new byte[8])));
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
            _queue.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _queue];
    }

    private bool TryTake(out Task task)
    {
        lock (_gate)
        {
            task = null!;
            if (_queue.Count == 0)
                return false;
            var next = _order?.Next(_queue.Count) ?? 0;
            task = _queue[next];
            _queue.RemoveAt(next);
            return true;
        }
    }
}
