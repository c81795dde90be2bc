namespace Durable.Storage;

/// <summary>The inbox of one run of the in-memory store. Its owner holds the store's lock.</summary>
internal sealed class InMemoryInbox
{
    private readonly SortedList<long, InboxMessage> _messages = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _signals;

    /// <summary>The last position that was given out.</summary>
    public long LastPosition { get; private set; }

    public SignalVerdict Send(NewSignal signal, bool hasEnded, DateTimeOffset now)
    {
        if (signal.MessageId is { } id && _ids.Contains(id))
            return SignalVerdict.Duplicate;
        if (hasEnded)
            return SignalVerdict.RunEnded;
        if (_signals >= DurableLimits.MaxSignalsWaiting)
            return SignalVerdict.InboxFull;
        if (signal.MessageId is not null)
            _ids.Add(signal.MessageId);
        Add(InboxMessageKind.Signal, signal.Name, now, signal.Payload, default);
        _signals++;
        return SignalVerdict.Accepted;
    }

    public void Add(InboxMessageKind kind, string name, DateTimeOffset now, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> error)
        => _messages.Add(++LastPosition, new InboxMessage { Position = LastPosition, Kind = kind, Name = name, SentAt = now, Payload = payload, Error = error });

    public InboxMessage[] After(long position) => [.. _messages.Values.Where(message => message.Position > position)];

    public void Take(IReadOnlyList<long> positions)
    {
        foreach (var position in positions)
            Remove(position);
    }

    /// <summary>What answered requests and children of the run as it was goes.</summary>
    public void KeepSignals()
    {
        foreach (var message in _messages.Values.Where(message => message.Kind != InboxMessageKind.Signal).ToArray())
            Remove(message.Position);
    }

    private void Remove(long position)
    {
        if (_messages.Remove(position, out var message) && message.Kind == InboxMessageKind.Signal)
            _signals--;
    }
}
