namespace Durable;

/// <summary>What a run published last under a key.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Version">How often something was published under the key by then; 1 for the first time.</param>
/// <param name="PublishedAt">When, by the store's clock.</param>
public sealed record PublishedValue<T>(T Value, long Version, DateTimeOffset PublishedAt);

/// <summary>An item of a stream of a run.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Value">The item.</param>
/// <param name="Offset">Its place in the stream, from 0, without gaps. To go on behind it, read from the next one.</param>
/// <param name="AppendedAt">When, by the store's clock.</param>
public sealed record StreamItem<T>(T Value, long Offset, DateTimeOffset AppendedAt);
