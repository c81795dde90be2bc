namespace Durable.Storage;

/// <summary>What a commit does besides writing checkpoints: in the run's inbox, to the outside, to other runs. All of it or nothing, with the commit.</summary>
public sealed record RunEffects
{
    /// <summary>Positions of messages that the run has taken: they leave its inbox. Those that are not there are passed over.</summary>
    public IReadOnlyList<long> Taken { get; init; } = [];

    /// <summary>Requests that the run asks from now on. One whose id exists changes nothing.</summary>
    public IReadOnlyList<NewRequest> Requests { get; init; } = [];

    /// <summary>Ids of open requests of the run that it no longer asks; others are passed over.</summary>
    public IReadOnlyList<string> ClosedRequests { get; init; } = [];

    /// <summary>Runs that the run starts. Where the id exists nothing happens to that run.</summary>
    public IReadOnlyList<NewChild> Children { get; init; } = [];

    /// <summary>Values that take the place of what was published under their keys, in this order. Like <see cref="Appended"/>, only in a commit with a checkpoint or a transition, which a repeat is known by.</summary>
    public IReadOnlyList<NamedPayload> Published { get; init; } = [];

    /// <summary>Items that go to the ends of streams, in this order.</summary>
    public IReadOnlyList<NamedPayload> Appended { get; init; } = [];

    /// <summary>What the run says of itself from now on; null for no change.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Sequences of stored checkpoints that are removed: those of a part of the run that is finished and never replayed. Those that are not there, and the run's last, are passed over.</summary>
    public IReadOnlyList<long> Dropped { get; init; } = [];
}

/// <summary>A run that another one starts.</summary>
/// <param name="Run">The run.</param>
/// <param name="ClosePolicy">What becomes of it when its parent ends.</param>
public sealed record NewChild(NewRun Run, ParentClosePolicy ClosePolicy);

/// <summary>The run that started a run.</summary>
/// <param name="RunId">The parent.</param>
/// <param name="ClosePolicy">What becomes of the child when the parent ends.</param>
public sealed record RunParent(string RunId, ParentClosePolicy ClosePolicy);

/// <summary>A payload under a name: of a published value, or of a stream.</summary>
/// <param name="Name">The key, or the stream's name.</param>
/// <param name="Payload">The payload.</param>
public readonly record struct NamedPayload(string Name, ReadOnlyMemory<byte> Payload);

/// <summary>A published value as stored.</summary>
/// <param name="Version">How often something was published under the key, this time included.</param>
/// <param name="PublishedAt">When, by the store's clock.</param>
/// <param name="Payload">The value.</param>
public sealed record PublishedRecord(long Version, DateTimeOffset PublishedAt, ReadOnlyMemory<byte> Payload);

/// <summary>An item of a stream as stored.</summary>
/// <param name="Offset">Its place in the stream, from 0, without gaps.</param>
/// <param name="AppendedAt">When, by the store's clock.</param>
/// <param name="Payload">The item.</param>
public sealed record StreamRecord(long Offset, DateTimeOffset AppendedAt, ReadOnlyMemory<byte> Payload);
