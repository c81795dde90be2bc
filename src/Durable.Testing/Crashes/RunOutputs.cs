using System.Text;
using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>What runs show to the outside, by the names that they used.</summary>
internal sealed class RunOutputs
{
    private const int MostItems = 10_000;

    private readonly SortedSet<(string RunId, bool IsStream, string Name)> _names = [];

    public void Note(string runId, RunEffects effects)
    {
        _names.UnionWith(effects.Published.Select(value => (runId, false, value.Name)));
        _names.UnionWith(effects.Appended.Select(item => (runId, true, item.Name)));
    }

    /// <summary>Everything that others can see of a run, times left out. The in-memory store answers at once.</summary>
    public string Describe(InMemoryStore store, string runId)
    {
        var text = new StringBuilder();
        foreach (var (_, isStream, name) in _names.Where(name => name.RunId == runId))
        {
            if (isStream)
                text.Append($"stream {name}: {string.Join(", ", store.ReadStreamAsync(runId, name, 0, MostItems, default).Result.Select(item => $"{item.Offset} {Text(item.Payload)}"))}; ");
            else if (store.FindPublishedAsync(runId, name, default).Result is { } value)
                text.Append($"{name}: version {value.Version} {Text(value.Payload)}; ");
        }

        foreach (var message in store.ReadInboxAsync(runId, 0, default).Result)
            text.Append($"left in the inbox: {message.Kind} {message.Name} {Text(message.Payload)}; ");
        return text.ToString();
    }

    private static string Text(ReadOnlyMemory<byte> payload) => Encoding.UTF8.GetString(payload.Span);
}
