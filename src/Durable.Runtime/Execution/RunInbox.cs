using System.Diagnostics.CodeAnalysis;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>What a run knows of its inbox, and the waits that listen to it: the first message of a name goes to the first wait for it. Owned by the pump.</summary>
internal sealed class RunInbox
{
    private readonly Dictionary<(InboxMessageKind, string), LinkedList<WaitCall>> _listening = [];
    private readonly Dictionary<(InboxMessageKind, string), Queue<InboxMessage>> _unclaimed = [];
    private readonly Dictionary<WaitCall, LinkedListNode<WaitCall>> _places = [];
    private readonly Queue<(InboxMessageKind, string)> _matched = new();

    /// <summary>The last position that is known here.</summary>
    public long LastKnown { get; private set; }

    /// <summary>How many waits listen.</summary>
    public int Listening => _places.Count;

    /// <summary>The waits that listen, in no particular order.</summary>
    public IReadOnlyCollection<WaitCall> Waits => _places.Keys;

    /// <summary>Takes what was read of the inbox.</summary>
    /// <param name="messages">All behind <see cref="LastKnown"/> that nobody has taken.</param>
    /// <param name="upTo">A position that had been given out before that was read: what is not among the messages up to there was taken earlier.</param>
    public void Add(IReadOnlyList<InboxMessage> messages, long upTo)
    {
        foreach (var message in messages)
        {
            if (message.Position <= LastKnown)
                continue;
            LastKnown = message.Position;
            var key = (message.Kind, message.Name);
            if (!_unclaimed.TryGetValue(key, out var queue))
                _unclaimed.Add(key, queue = new Queue<InboxMessage>());
            queue.Enqueue(message);
            _matched.Enqueue(key);
        }

        LastKnown = Math.Max(LastKnown, upTo);
    }

    public void Listen(WaitCall wait)
    {
        var key = wait.Awaits!.Value;
        if (!_listening.TryGetValue(key, out var waits))
            _listening.Add(key, waits = new LinkedList<WaitCall>());
        _places.Add(wait, waits.AddLast(wait));
        _matched.Enqueue(key);
    }

    /// <summary>True where the wait was listening.</summary>
    public bool Leave(WaitCall wait)
    {
        if (!_places.Remove(wait, out var place))
            return false;
        place.List!.Remove(place);
        return true;
    }

    public bool Listens(WaitCall wait) => _places.ContainsKey(wait);

    /// <summary>The next wait that has a message, and the message. Both stay until <see cref="Take"/>.</summary>
    public bool TryMatch([NotNullWhen(true)] out WaitCall? wait, [NotNullWhen(true)] out InboxMessage? message)
    {
        // A key stands here whenever a wait or a message was added under it: others have no match.
        while (_matched.TryPeek(out var key))
        {
            if (_listening.TryGetValue(key, out var waits) && waits.First is { Value: var first } && _unclaimed.TryGetValue(key, out var messages) && messages.TryPeek(out message))
            {
                wait = first;
                return true;
            }

            _matched.Dequeue();
        }

        (wait, message) = (null, null);
        return false;
    }

    /// <summary>Takes a match: the wait no longer listens, and the message is its own.</summary>
    public void Take(WaitCall wait)
    {
        var key = wait.Awaits!.Value;
        Leave(wait);
        _unclaimed[key].Dequeue();
    }
}
