using System.Buffers;

namespace Durable;

/// <summary>
/// Another form of payloads in the store: compressed, encrypted. Given to <see cref="DurableBuilder.UsePayloadCodec(IPayloadCodec, bool)"/>; what it writes is marked with its name and read by that name.
/// </summary>
/// <remarks>
/// <para>Safe for concurrent use: workers and clients call it from many threads. Both methods work in memory, and at once: a commit waits for them. Keys that come from elsewhere are fetched before the host starts.</para>
/// <para>It gets arguments, results and errors, never an empty payload. Run ids, step ids with their keys, names, times and the fingerprints of arguments (64-bit hashes) are stored as they are.</para>
/// </remarks>
public interface IPayloadCodec
{
    /// <summary>
    /// Stands in front of everything that it encodes, and finds it again when that is read: never changed once used.
    /// 1 to <see cref="DurableLimits.MaxCodecNameLength"/> of the characters a-z, A-Z, 0-9, dot, hyphen and underscore.
    /// </summary>
    string Name { get; }

    /// <summary>Encodes a payload, or declines to: false leaves it as it is, for the next codec or the store, and what was written is dropped. So a payload is kept that is too small to gain from compression.</summary>
    /// <param name="payload">The payload, or what the codec before made of it.</param>
    /// <param name="origin">Where it belongs.</param>
    /// <param name="encoded">Takes the encoded form.</param>
    /// <remarks>What it throws reaches the caller as <see cref="StoreException"/>: nothing is written, and a worker tries again while it holds the run. No body runs again for it. The exception is logged: no key or payload may be part of its message.</remarks>
    bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded);

    /// <summary>Brings back exactly what <see cref="TryEncode"/> was given.</summary>
    /// <param name="encoded">What it wrote, or what became of it.</param>
    /// <param name="origin">Where the payload was found: where it was written, unless someone moved it.</param>
    /// <param name="payload">Takes the payload, and throws when it grows beyond <see cref="DurableLimits.MaxDecodedPayloadBytes"/>: write piece by piece what unpacks to a size that only its data tells.</param>
    /// <remarks>
    /// Throws whatever it likes when it cannot: the key is missing, the bytes were changed, the origin is another. The payload then counts as unreadable: a run that needs it is quarantined with a message
    /// that holds the exception's, so that no key or payload may be part of that; nothing of the run is lost.
    /// </remarks>
    void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload);
}
