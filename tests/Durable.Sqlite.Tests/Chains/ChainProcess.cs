using Durable.Testing;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Sqlite.Tests;

/// <summary>A process that works runs of <see cref="ChainWorkflow"/> in a file: a whole host over a store of its own, on the test's thread and clock.</summary>
internal sealed class ChainProcess : IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly Simulation _simulation;
    private readonly IDurableClient _client;

    public ChainProcess(SqliteFile file, Forge? forge = null, SqliteStoreOptions? options = null)
    {
        Forge = forge ?? new Forge();
        SqliteStore? store = null;
        _simulation = new Simulation(store: clock => store = file.Store(clock, Log, options));
        _store = store!;
        _client = _simulation.Client(Configure);
    }

    public Forge Forge { get; }

    public LogSink Log { get; } = new();

    public SqliteStore Store => _store;

    /// <summary>Starts a worker, which works until nothing is due.</summary>
    public void Work() => _simulation.Start(Configure);

    /// <summary>Lets time pass, so that what waits is tried again.</summary>
    public void Wait(TimeSpan time) => _simulation.Advance(time);

    /// <summary>Lets everything run that is due.</summary>
    public void Settle() => _simulation.Settle();

    /// <summary>What a run of <see cref="Start"/> begins with.</summary>
    public static string Word(string runId, int padding = 0) => runId + new string('.', padding);

    /// <summary>Starts a run.</summary>
    /// <param name="runId">Its id, and what its word begins with.</param>
    /// <param name="links">How many steps it has.</param>
    /// <param name="padding">How many characters more its word has, and so every result.</param>
    public void Start(string runId, int links, int padding = 0)
        => _simulation.Run(() => _client.StartAsync(ChainWorkflow.ForgeCall(links, Word(runId, padding)), runId));

    /// <summary>The numbers of the links that are stored, read past the engine.</summary>
    public IReadOnlyList<int> StoredLinks(string runId)
        => [.. Task.Run(() => _store.ReadCheckpointsAsync(runId, default).AsTask()).Result.Select(checkpoint => (int)checkpoint.Sequence)];

    public RunStatus Status(string runId) => _simulation.Run(() => _client.GetRun(runId).GetStatusAsync());

    /// <summary>Where a run stands; null when there is none, or none that can be trusted.</summary>
    public RunStatus? StatusIfKnown(string runId)
    {
        try
        {
            return Status(runId);
        }
        catch (Exception exception) when (exception is StoreException or RunNotFoundException)
        {
            return null;
        }
    }

    public string Result(string runId) => _simulation.Run(() => _client.GetRun<string>(runId).GetResultAsync());

    public IReadOnlyList<Checkpoint> History(string runId) => _simulation.Run(() => _client.GetRun(runId).GetCheckpointsAsync());

    public void Resume(string runId)
    {
        _simulation.Run(async () =>
        {
            await _client.GetRun(runId).ResumeAsync();
            return true;
        });
        _simulation.Settle();
    }

    /// <summary>Closes the store as a process does that ends. Bodies that hold are forgotten, and their runs left running.</summary>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private void Configure(DurableBuilder durable)
    {
        durable.AddWorkflows().Configure(options => options.BuildId = "build");
        durable.Services.AddSingleton(Forge);
        durable.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(Log);
    }
}
