using Durable.CompilerServices;
using Durable.Execution;
using Durable.Testing.Faults;
using Durable.Testing.History;
using Durable.TestKit.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Testing.Tests.Simulations;

/// <summary>A process of a world: a worker or a client, with its own queue, clock and connection to the store.</summary>
internal sealed class WorldHost
{
    /// <summary>The policy of the workflow that tries again by itself.</summary>
    public static readonly RetryPolicy Tenacity = new() { MaxAttempts = 3, InitialDelay = TimeSpan.FromSeconds(8) };

    private readonly World _world;
    private readonly HistoryWriter _history;
    private TimeSpan _behind;

    public WorldHost(World world, string name)
    {
        _world = world;
        Name = name;
        _history = world.History.Of(name);
        Lane = new SimulationLane(world.Simulation.Scheduler);
    }

    public string Name { get; }

    public SimulationLane Lane { get; }

    public ManualClock Clock { get; } = new();

    /// <summary>How fast the clock goes, compared with the store's.</summary>
    public double Rate { get; set; } = 1;

    /// <summary>True while nothing of the process runs, as in a machine that is suspended.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>True while the clock stands.</summary>
    public bool ClockStands { get; private set; }

    /// <summary>By how much its clock has jumped ahead: what it measured across that seems to have taken so much longer.</summary>
    public TimeSpan CaughtUp { get; private set; }

    /// <summary>How many dependency injection scopes of incarnations are open.</summary>
    public int OpenScopes { get; set; }

    public Task<DurableHost>? Started { get; private set; }

    public Task? Stopped { get; private set; }

    /// <summary>True for a worker that may take part: it has started, and nobody has stopped it.</summary>
    public bool IsUp => Started is { IsCompletedSuccessfully: true } && Stopped is null;

    public void Start() => Started = _world.Simulation.Launch(Lane, Configure, Clock);

    public IDurableClient Connect() => _world.Simulation.Client(Lane, Configure, Clock);

    public void Stop() => Stopped = Started!.Result.DisposeAsync().AsTask();

    public void Pass(TimeSpan time)
    {
        if (ClockStands)
            _behind += time;
        else
            Clock.Advance(time * Rate);
    }

    public void Freeze()
    {
        IsFrozen = true;
        Lane.Hold();
    }

    public void Thaw()
    {
        IsFrozen = false;
        Lane.Release();
    }

    public void StopClock() => ClockStands = true;

    /// <summary>The clock goes on, from where it stood or from where it would be.</summary>
    public void StartClock(bool catchesUp)
    {
        ClockStands = false;
        if (catchesUp)
        {
            Clock.Advance(_behind);
            CaughtUp += _behind;
        }

        _behind = TimeSpan.Zero;
    }

    private void Configure(DurableBuilder durable)
    {
        durable
            .AddModule(new TestModule(
                Define("Program"), Define("Durable", awaitsOnlyDurableWork: true), Define("Sequence", awaitsOnlyDurableWork: true, isSequential: true), Define("Edited", awaitsOnlyDurableWork: true, isSequential: true),
                Define("Tenacious", awaitsOnlyDurableWork: true, retry: Tenacity)))
            .Configure(_world.Configure)
            .Configure(options => options.WorkerName = Name)
            .DecorateStore((_, store) => new WorldConnection(new FaultyStore(new RecordedStore(store, _history), _world.Faults, _world.Simulation.Clock), _world, Name, _world.Simulation.Scheduler));
        if (_world.ReplayEvery is { } outcomes)
            durable.ForceReplay(outcomes);
        durable.Services.AddSingleton<ILoggerFactory>(new WorldLog(_world, Name)).AddSingleton<IBodyProbe>(new BodyRecorder(_history)).AddScoped(_ => new Scope(this));
    }

    private WorkflowDefinition Define(string name, bool awaitsOnlyDurableWork = false, bool isSequential = false, RetryPolicy? retry = null) => new WorkflowDefinition<TestWorkflow.Input, string>
    {
        Name = name,
        Declaration = name,
        CallFactory = name,
        AwaitsOnlyDurableWork = awaitsOnlyDurableWork,
        IsSequential = isSequential,
        Retry = retry,
        Json = TestWorkflow.Json,
        Body = (services, input, workflow, _) =>
        {
            services.GetRequiredService<Scope>();
            return new ValueTask<string>(_world.Code.RunAsync(this, workflow, input.Value));
        },
        Arguments = TestWorkflow.Payload<TestWorkflow.Input>(),
        Result = TestWorkflow.Payload<string>(),
    };

    private sealed class Scope : IDisposable
    {
        private readonly WorldHost _host;

        public Scope(WorldHost host)
        {
            _host = host;
            host.OpenScopes++;
        }

        public void Dispose() => _host.OpenScopes--;
    }
}
