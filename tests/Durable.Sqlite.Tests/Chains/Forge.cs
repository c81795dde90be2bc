using System.Collections.Concurrent;

namespace Durable.Sqlite.Tests;

/// <summary>What the bodies of <see cref="ChainWorkflow"/> do, and how often they did it.</summary>
public sealed class Forge
{
    private readonly ConcurrentDictionary<(string Run, int Number), int> _bodies = new();

    /// <summary>The bodies that do not end while this says so.</summary>
    public Func<string, int, bool> Holds { get; set; } = (_, _) => false;

    /// <summary>How often bodies ran.</summary>
    public int Bodies => _bodies.Values.Sum();

    /// <summary>What a run results in.</summary>
    public static string Result(int links, string word) => Enumerable.Range(1, links).Aggregate(word, Link);

    /// <summary>How often one body ran.</summary>
    public int BodiesOf(string run, int number) => _bodies.GetValueOrDefault((run, number));

    public Task<string> LinkAsync(string run, int number, string word)
    {
        _bodies.AddOrUpdate((run, number), 1, (_, count) => count + 1);
        return Holds(run, number) ? new TaskCompletionSource<string>().Task : Task.FromResult(Link(word, number));
    }

    private static string Link(string word, int number) => $"{word}-{number}";
}
