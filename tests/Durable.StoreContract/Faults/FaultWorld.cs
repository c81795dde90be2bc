using Durable.Testing;
using Durable.Testing.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Storage.Contract.Faults;

/// <summary>Hosts and clients on one store, one call of which goes wrong; and callers who do what the documentation tells them to do about it.</summary>
internal sealed class FaultWorld
{
    // Clients and workers that ask seldom and time that moves in long steps make the sweep short; what they find is the same.
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly Simulation _simulation;
    private readonly FaultPlan _plan;
    private readonly Func<IRunStore, IRunStore> _around;
    private readonly List<DurableHost> _hosts = [];

    /// <summary>Makes a world.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="plan">What goes wrong.</param>
    /// <param name="around">What stands between hosts and faults.</param>
    public FaultWorld(IRunStore store, ManualClock clock, FaultPlan plan, Func<IRunStore, IRunStore> around)
    {
        _simulation = new Simulation(seed: null, _ => store, clock);
        _plan = plan;
        _around = around;
        Witness = new Witness(_simulation.Clock);
    }

    public Witness Witness { get; }

    public ManualClock Clock => _simulation.Clock;

    /// <summary>A host that starts again until the store lets it in, as a supervisor makes it do.</summary>
    /// <param name="name">The worker's name.</param>
    /// <param name="clock">The host's own clock; null for the world's.</param>
    public DurableHost Start(string name, ManualClock? clock = null)
    {
        var host = Insist(() => _simulation.BeginStart(durable => Configure(durable.Configure(options => options.WorkerName = name)), clock));
        _hosts.Add(host);
        return host;
    }

    /// <summary>A client in a process without a worker.</summary>
    public IDurableClient Client() => _simulation.Client(Configure);

    /// <summary>A clean shutdown.</summary>
    /// <param name="host">The host.</param>
    /// <param name="with">The host's own clock, if it has one.</param>
    public void Stop(DurableHost host, params ReadOnlySpan<ManualClock> with)
    {
        _hosts.Remove(host);
        var stopped = _simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return true;
        });
        PassUntil(() => stopped.IsCompleted, "a shutdown", with);
        Assert.True(stopped.Result);
    }

    public void StopAll()
    {
        foreach (var host in _hosts.ToArray())
            Stop(host);
    }

    /// <summary>Asks until the store answers: whoever is told that the store failed, asks again.</summary>
    public T Insist<T>(Func<Task<T>> work)
    {
        for (var until = Clock.GetUtcNow() + s_patience; ;)
        {
            var task = _simulation.Begin(work);
            PassUntil(() => task.IsCompleted, "an answer");
            if (task.Exception?.InnerException is not StoreException || Clock.GetUtcNow() > until)
                return task.GetAwaiter().GetResult();
            Witness.Note($"told: {task.Exception.InnerException.Message}");
            Pass(s_tick);
        }
    }

    /// <summary>Begins work that ends when something else happens.</summary>
    public Task<T> Begin<T>(Func<Task<T>> work) => _simulation.Begin(work);

    /// <summary>Does something as part of the world.</summary>
    public void Do(Action action) => _simulation.Run(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Lets time pass until something is true.</summary>
    /// <param name="condition">What.</param>
    /// <param name="name">What it is called when it does not come.</param>
    /// <param name="with">Clocks that move along with the world's.</param>
    public void PassUntil(Func<bool> condition, string name, params ReadOnlySpan<ManualClock> with)
    {
        for (var until = Clock.GetUtcNow() + s_patience; !condition(); Pass(s_tick, with))
        {
            if (Clock.GetUtcNow() > until)
                throw new TimeoutException($"Waited {s_patience.TotalMinutes} minutes for {name}.");
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How much.</param>
    /// <param name="with">Clocks that move along with the world's.</param>
    public void Pass(TimeSpan time, params ReadOnlySpan<ManualClock> with)
    {
        for (var left = time; left > TimeSpan.Zero; left -= s_tick)
        {
            Clock.Advance(s_tick);
            foreach (var clock in with)
                clock.Advance(s_tick);
            _simulation.Settle();
        }
    }

    /// <summary>Asks the store itself.</summary>
    public T Ask<T>(Func<IRunStore, ValueTask<T>> question) => _simulation.Run(() => question(_simulation.Store).AsTask());

    private void Configure(DurableBuilder durable)
    {
        durable.AddWorkflows();
        durable.Configure(options => options.PollInterval = s_poll);
        durable.Services.AddSingleton(Witness);
        durable.DecorateStore((_, store) => _around(new FaultyStore(new WitnessStore(store, Witness), _plan, Clock)));
    }
}
