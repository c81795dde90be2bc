using System.Collections.Concurrent;
using Durable.Hosting;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable.Testing;

/// <summary>
/// Whole hosts on the test's own thread: work waits in a queue until the test lets it run, and time stands still until the test moves it.
/// The hosts of one simulation share its store, as worker processes would.
/// </summary>
/// <remarks>
/// Hosts see the store through what <see cref="DurableBuilder.DecorateStore"/> puts around it; the simulation waits for the store itself, not for a decorator that holds a call.
/// With a store that does its work on the calling thread, as the in-memory store does, equal seeds give equal executions. Step bodies that await something other than the simulation's clock
/// go on when that completes, which the simulation does not wait for.
/// </remarks>
public sealed class Simulation
{
    private readonly ConcurrentQueue<string> _cutOff = new();
    private int _ids;

    /// <summary>Makes a simulation.</summary>
    /// <param name="seed">Decides which of the waiting work runs next; null for the order in which it came.</param>
    /// <param name="store">Makes the store on the simulation's clock; null for an in-memory store. Whoever gave it disposes it.</param>
    /// <param name="clock">The clock, where one store outlives a simulation and its time must not start anew; null for a clock of its own.</param>
    public Simulation(int? seed = null, Func<TimeProvider, IRunStore>? store = null, ManualClock? clock = null)
    {
        Clock = clock ?? new ManualClock();
#pragma warning disable RS0030 // A seeded Random repeats; this is the randomness that is injected elsewhere.
        Scheduler = new SimulationScheduler(seed is { } value ? new Random(value) : null);
#pragma warning restore RS0030
        Store = new SimulatedStore(store?.Invoke(Clock) ?? new InMemoryStore(Clock), Scheduler);
    }

    /// <summary>The clock of the store, and of every host that has none of its own.</summary>
    public ManualClock Clock { get; }

    /// <summary>The store that the hosts share.</summary>
    public IRunStore Store { get; }

    /// <summary>
    /// True to go on where a run was suspended while its code awaited foreign work, which then runs again. False (default) for an error from whatever lets work run: in a test that is nearly always a step that was forgotten.
    /// </summary>
    public bool AllowsCutOffWork { get; init; }

    internal SimulationScheduler Scheduler { get; }

    /// <summary>Starts a host on the shared store and lets it run until nothing is due.</summary>
    /// <param name="configure">Adds workflows, services, and what is put around the store (<see cref="DurableBuilder.DecorateStore"/>).</param>
    /// <param name="clock">The host's own clock, for a host whose time stands still apart from the others; null for the simulation's.</param>
    public DurableHost Start(Action<DurableBuilder> configure, ManualClock? clock = null)
    {
        var host = Run(() => Launch(new SimulationLane(Scheduler), configure, clock));
        Settle();
        return host;
    }

    /// <summary>Starts a host that may stand still until time passes: where the store holds what the host asks of it first.</summary>
    /// <inheritdoc cref="Start"/>
    public Task<DurableHost> BeginStart(Action<DurableBuilder> configure, ManualClock? clock = null)
        => Begin(() => Launch(new SimulationLane(Scheduler), configure, clock));

    /// <summary>
    /// A host dies as by a power cut: nothing of it runs any more, neither its engine nor its bodies, its timers, or what it waits for. Its leases pass by the clock of the store
    /// (<see cref="PassLeases"/>); what it has sent to the store before stays. A task of the dead host that somebody still holds never completes; there is nothing to dispose.
    /// </summary>
    /// <param name="host">The host, started by this simulation.</param>
    public void Kill(DurableHost host) => ((SimulationLane)host.Services.GetRequiredService<EngineSeams>().Scheduler).Kill();

    /// <summary>A client without a worker, as in a process of its own.</summary>
    /// <param name="configure">Adds workflows and services.</param>
    public IDurableClient Client(Action<DurableBuilder> configure)
        => Client(Scheduler, configure, clock: null);

    /// <summary>Begins to start a host whose work goes through a scheduler of its own.</summary>
    internal Task<DurableHost> Launch(TaskScheduler scheduler, Action<DurableBuilder> configure, ManualClock? clock)
        => DurableHost.StartAsync(durable => Configure(durable, configure, clock, scheduler));

    /// <summary>A client without a worker whose work goes through a scheduler of its own.</summary>
    internal IDurableClient Client(TaskScheduler scheduler, Action<DurableBuilder> configure, ManualClock? clock)
        => new ServiceCollection().AddDurableClient(durable => Configure(durable, configure, clock, scheduler)).BuildServiceProvider().GetRequiredService<IDurableClient>();

    /// <summary>Runs work to its end.</summary>
    /// <param name="work">What to do, for instance a call of a client.</param>
    /// <exception cref="InvalidOperationException">The work stands still: something would have to happen that the test does not let happen.</exception>
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
    /// <param name="work">What to do.</param>
    public Task<T> Begin<T>(Func<Task<T>> work)
    {
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();
        Settle();
        return task;
    }

    /// <summary>Lets everything run that can.</summary>
    /// <exception cref="InvalidOperationException">A run was suspended while its code awaited foreign work (<see cref="AllowsCutOffWork"/>).</exception>
    public void Settle()
    {
        Scheduler.RunAll();
        if (!AllowsCutOffWork && _cutOff.TryDequeue(out var runId))
            throw new InvalidOperationException($"Run '{runId}' was suspended while its code awaited foreign work, which has ended now and runs again when the run goes on. Move it into a step, await it before the code waits, or allow it: new Simulation {{ AllowsCutOffWork = true }}.");
    }

    /// <summary>Moves a clock in steps of 100 ms, letting everything run that can after each.</summary>
    /// <param name="by">How far.</param>
    /// <param name="clock">Which one; null for the simulation's.</param>
    public void Advance(TimeSpan by, ManualClock? clock = null)
    {
        var step = TimeSpan.FromMilliseconds(100);
        for (var left = by; left > TimeSpan.Zero; left -= step)
        {
            (clock ?? Clock).Advance(left < step ? left : step);
            Settle();
        }
    }

    /// <summary>
    /// Lets every lease of the default length pass that nobody renews. A host with a clock of its own renews nothing until that clock is moved: to the others it is dead.
    /// </summary>
    public void PassLeases() => Advance(TimeSpan.FromSeconds(31));

    private void Configure(DurableBuilder durable, Action<DurableBuilder> configure, ManualClock? clock, TaskScheduler scheduler)
    {
        durable.UseStore(_ => Store);
        configure(durable);
        durable.Services.RemoveAll<TimeProvider>();
        durable.Services.AddSingleton<TimeProvider>(clock ?? Clock);
        durable.Services.TryAddSingleton(new EngineSeams(scheduler, NewId) { CutOff = _cutOff.Enqueue });
    }

    private Guid NewId() => new(Interlocked.Increment(ref _ids), 0, 0, new byte[8]);
}
