using System.Collections;

namespace Durable.Storage;

/// <summary>Runs in the order of a key. A range is found without looking at the rest. Its owner holds the store's lock while it enumerates.</summary>
internal sealed class InMemorySortedRuns<TKey>(IComparer<TKey> order) : IEnumerable<InMemoryRun>
{
    private readonly SortedSet<(TKey Key, InMemoryRun? Run)> _entries = new(Comparer<(TKey Key, InMemoryRun? Run)>.Create((left, right) => order.Compare(left.Key, right.Key)));

    public int Count => _entries.Count;

    public void Add(TKey key, InMemoryRun run) => _entries.Add((key, run));

    public void Remove(TKey key) => _entries.Remove((key, null));

    public IEnumerator<InMemoryRun> GetEnumerator() => _entries.Select(entry => entry.Run!).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Those from a key on, upwards.</summary>
    public IEnumerable<InMemoryRun> UpFrom(TKey first)
        => _entries.Count == 0 || order.Compare(first, _entries.Max.Key) > 0 ? [] : _entries.GetViewBetween((first, null), _entries.Max).Select(entry => entry.Run!);

    /// <summary>Those below a key, downwards, as far as another.</summary>
    public IEnumerable<InMemoryRun> DownFrom(TKey below, TKey last)
        => order.Compare(last, below) > 0
            ? []
            : _entries.GetViewBetween((last, null), (below, null)).Reverse().Where(entry => order.Compare(entry.Key, below) < 0).Select(entry => entry.Run!);
}
