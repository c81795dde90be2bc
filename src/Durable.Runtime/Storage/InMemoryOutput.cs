namespace Durable.Storage;

/// <summary>What one run of the in-memory store shows the outside. Its owner holds the store's lock.</summary>
internal sealed class InMemoryOutput
{
    private readonly Dictionary<string, PublishedRecord> _published = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StreamRecord>> _streams = new(StringComparer.Ordinal);

    public void Publish(NamedPayload value, DateTimeOffset now)
        => _published[value.Name] = new PublishedRecord((Find(value.Name)?.Version ?? 0) + 1, now, value.Payload);

    public PublishedRecord? Find(string key) => _published.GetValueOrDefault(key);

    public void Append(NamedPayload item, DateTimeOffset now)
    {
        if (!_streams.TryGetValue(item.Name, out var stream))
            _streams.Add(item.Name, stream = []);
        stream.Add(new StreamRecord(stream.Count, now, item.Payload));
    }

    public StreamRecord[] Read(string stream, long from, int max)
        => _streams.TryGetValue(stream, out var items) && from < items.Count ? [.. items.Skip((int)Math.Max(from, 0)).Take(max)] : [];
}
