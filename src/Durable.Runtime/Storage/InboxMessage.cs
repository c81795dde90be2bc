namespace Durable.Storage;

/// <summary>What waits in a run's inbox until the run takes it.</summary>
public sealed record InboxMessage
{
    /// <summary>Its place in the run's inbox, from 1, in the order of acceptance; none comes again in the life of the run.</summary>
    public required long Position { get; init; }

    /// <summary>What it is.</summary>
    public required InboxMessageKind Kind { get; init; }

    /// <summary>The signal's name, the answered request's id, or the child's run id.</summary>
    public required string Name { get; init; }

    /// <summary>When it was accepted, by the store's clock.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>What was sent; empty where nothing was, and for a child's end.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The encoded error of a request that was rejected; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }
}

/// <summary>What a message is. Stored as a number: members are never renumbered.</summary>
public enum InboxMessageKind
{
    /// <summary>A signal that somebody sent.</summary>
    Signal = 0,

    /// <summary>The answer to a request of the run.</summary>
    Answer = 1,

    /// <summary>A child of the run has ended. Its outcome is in its own record.</summary>
    ChildEnded = 2,
}
