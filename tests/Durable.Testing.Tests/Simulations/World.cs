using Durable.Storage;
using Durable.TestKit.Programs;
using Durable.Testing.Faults;

namespace Durable.Testing.Tests.Simulations;

/// <summary>
/// Everything that one seed decides: several processes on one store, random programs, a random order of work, faults of the store, crashes, lost leases, clocks that are wrong; and what is promised all the same.
/// One thread, no real time: equal seeds give equal traces.
/// </summary>
internal sealed partial class World
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);

    private readonly List<WorldHost> _workers = [];
    private readonly List<WorldHost> _gone = [];
    private readonly Dictionary<string, WorldRun> _runs = [];
    private readonly TimeSpan _poll;
    private readonly bool _crashes;
    private WorldClient _client;
    private string? _violation;
    private int _hosts;

    /// <summary>Makes the world of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="keepsText">True to keep the transcript.</param>
    /// <param name="crashes">False for a world in which no process dies.</param>
    /// <param name="store">Puts something around the store that is wrong on purpose; null for nothing.</param>
    public World(int seed, bool keepsText = false, bool crashes = true, Func<IRunStore, IRunStore>? store = null)
    {
        Seed = seed;
        KeepsText = keepsText;
        _crashes = crashes;
        Random = new Random(seed);
        Ledger ledger = null!;
        Simulation = new Simulation(Random.Next(), clock => ledger = new Ledger(store?.Invoke(new InMemoryStore(clock)) ?? new InMemoryStore(clock), this));
        Ledger = ledger;
        Trace = new WorldTrace(Simulation.Clock.GetUtcNow, keepsText);
        Faults = FaultPlan.AtRandom(new Random(Random.Next()), Random.Next(4) * 0.03, s_lease * 1.3);
        Code = new WorldCode(this);
        History = new WorldHistory();
        _poll = TimeSpan.FromSeconds(Random.Next(1, 6));
        ReplayEvery = Random.Next(4) == 0 ? Random.Next(1, 4) : null;
        for (var i = Random.Next(2, 5); i > 0; i--)
            AddRun(i);
        _client = new WorldClient(this, NewHost("client"));
    }

    public int Seed { get; }

    public bool KeepsText { get; }

    /// <summary>Decides what happens; the order of the work and the faults have sources of their own.</summary>
    public Random Random { get; }

    public Simulation Simulation { get; }

    public Ledger Ledger { get; }

    public WorldTrace Trace { get; }

    public FaultPlan Faults { get; }

    public WorldCode Code { get; }

    /// <summary>What hosts wrote down, for the checker of histories.</summary>
    public WorldHistory History { get; }

    /// <summary>After how many outcomes runs are unloaded and replayed; null in a world where that is left to chance.</summary>
    public int? ReplayEvery { get; }

    public IReadOnlyDictionary<string, WorldRun> Runs => _runs;

    /// <summary>The time of the store.</summary>
    public DateTimeOffset Now => Simulation.Clock.GetUtcNow();

    /// <summary>How many calls are on their way to the store.</summary>
    public int CallsUnderWay { get; set; }

    /// <summary>Lets the world take its course, heals it, and looks at what is left.</summary>
    /// <exception cref="WorldException">A promise was broken.</exception>
    public void Run()
    {
        try
        {
            TakeItsCourse();
            Heal();
            CloseDown();
            Judge();
        }
        catch (Exception exception) when (exception is not WorldException)
        {
            throw new WorldException(this, exception.ToString());
        }
    }

    /// <summary>A promise was broken. May be called from anywhere; the world ends at the next opportunity.</summary>
    public void Violated(string what)
    {
        _violation ??= what;
        Trace.Note("VIOLATED", "", what);
    }

    /// <summary>The options of every worker.</summary>
    public void Configure(DurableOptions options)
    {
        options.BuildId = "build";
        options.LeaseDuration = s_lease;
        options.PollInterval = _poll;
        options.MaxConcurrentRuns = 2;
    }

    private void AddRun(int number)
    {
        var seed = Random.Next();
        var id = $"run-{number}";
        _runs.Add(id, Random.Next(13) switch
        {
            7 or 8 => new WorldRun(id, "Sequence", ConcurrentProgram.AttemptingInSequence(seed)) { BodiesFail = true },
            9 or 10 => new WorldRun(id, Random.Next(2) == 0 ? "Program" : "Durable", ConcurrentProgram.Attempting(seed)) { BodiesFail = true },
            11 or 12 => new WorldRun(id, "Tenacious", ConcurrentProgram.Attempting(seed)) { BodiesFail = true, Policy = WorldHost.Tenacity },
            0 => new WorldRun(id, "Edited", null),
            1 or 2 => new WorldRun(id, "Sequence", ConcurrentProgram.Sequential(seed)),
            3 or 4 => new WorldRun(id, Random.Next(2) == 0 ? "Program" : "Durable", ConcurrentProgram.Generate(seed)),
            _ => new WorldRun(id, Random.Next(2) == 0 ? "Program" : "Durable", ConcurrentProgram.Generate(seed, mayFail: true)),
        });
        _runs[id].ResumesLeft = Random.Next(4);
    }

    private WorldHost NewHost(string name) => new(this, $"{name}-{++_hosts}");

    private void ThrowIfViolated()
    {
        if (_violation is { } violation)
            throw new WorldException(this, violation);
    }
}

/// <summary>A promise was broken in the world of a seed.</summary>
internal sealed class WorldException(World world, string what) : Exception(what)
{
    public World World { get; } = world;
}
