using System.ComponentModel;
using Durable.Serialization;

namespace Durable.CompilerServices;

/// <summary>What the generator knows of a signal.</summary>
/// <typeparam name="T">What it brings; <see cref="Nothing"/> for nothing.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SignalDefinition<T>
{
    /// <summary>The signal's name.</summary>
    public required string Name { get; init; }

    /// <summary>How what it brings is stored.</summary>
    public required PayloadType<T> Payload { get; init; }

    /// <summary>The signal with what it brings, which is serialized at once.</summary>
    /// <param name="value">What it brings.</param>
    /// <exception cref="PayloadException">The value cannot be stored.</exception>
    /// <exception cref="PayloadTooLargeException">The value exceeds <see cref="DurableLimits.MaxPayloadBytes"/>.</exception>
    public SignalCall Call(T value) => new(Name, StoredPayload.Write(Payload, value, $"What signal '{Name}' brings"));
}
