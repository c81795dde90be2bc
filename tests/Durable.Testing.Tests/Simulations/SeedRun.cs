using System.Globalization;
using Durable.Storage;

namespace Durable.Testing.Tests.Simulations;

/// <summary>The worlds of many seeds, several at a time, each on one thread.</summary>
internal sealed class SeedRun
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Func<IRunStore, IRunStore>? _store;
    private volatile WorldException? _failure;
    private int _next;

    private SeedRun(Func<IRunStore, IRunStore>? store) => _store = store;

    /// <summary>How often each event happened in all worlds together.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>The broken promise of the lowest seed that broke one; null when all kept them.</summary>
    public WorldException? Failure => _failure;

    /// <summary>Runs seeds until one fails.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="store">Puts something around the store that is wrong on purpose; null for nothing.</param>
    public static SeedRun Of(int first, int count, Func<IRunStore, IRunStore>? store = null)
    {
        var run = new SeedRun(store);
        // Threads of their own: other tests need those of the pool.
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => run.Work(first + count))).ToList();
        run._next = first;
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return run;
    }

    /// <summary>A number that whoever starts the tests may set.</summary>
    public static int Setting(string variable, int otherwise)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    // A failure stops what comes after it, not what comes before: the lowest failing seed is found, whichever thread is faster.
    private void Work(int end)
    {
        while (_failure is null && Interlocked.Increment(ref _next) - 1 is var seed && seed < end)
            Run(new World(seed, store: _store));
    }

    private void Run(World world)
    {
        try
        {
            world.Run();
        }
        catch (WorldException failure)
        {
            lock (_gate)
            {
                if (_failure is null || world.Seed < _failure.World.Seed)
                    _failure = failure;
            }

            return;
        }

        lock (_gate)
        {
            foreach (var (what, count) in world.Trace.Counts)
                _counts[what] = _counts.GetValueOrDefault(what) + count;
        }
    }
}
