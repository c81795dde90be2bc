using System.Globalization;
using System.Runtime.InteropServices;

namespace Durable.Testing.Tests.Simulations;

/// <summary>Everything that happens in a world, as a running hash; as text only for the reader of a seed that failed.</summary>
/// <param name="time">Says what time it is, for the text.</param>
/// <param name="keepsText">True to keep the transcript.</param>
internal sealed class WorldTrace(Func<DateTimeOffset> time, bool keepsText)
{
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>FNV-1a, 64 bit, over the characters of all events.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>The transcript, when it is kept.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>How often each event happened.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Takes down an event.</summary>
    /// <param name="what">The event: one of few texts, by which it is counted.</param>
    /// <param name="where">The host.</param>
    /// <param name="about">The run, step or call it is about.</param>
    /// <param name="detail">What else tells it apart from others.</param>
    /// <param name="text">What the transcript says instead of <paramref name="about"/>; not part of the hash, which is the same with and without a transcript.</param>
    public void Note(string what, string where = "", string about = "", long detail = 0, string? text = null)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, what, out _)++;
        Add(what);
        Add(where);
        Add(about);
        Hash = (Hash ^ (ulong)detail) * 1099511628211;
        if (keepsText)
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{time():HH:mm:ss.fff}  {where,-10} {what,-18} {text ?? about}{(detail == 0 ? "" : $"  {detail}")}"));
    }

    private void Add(string text)
    {
        var hash = Hash;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211;
        // The end of a text counts too: "ab" and "c" are not "a" and "bc".
        Hash = (hash ^ 0xFFFF) * 1099511628211;
    }
}
