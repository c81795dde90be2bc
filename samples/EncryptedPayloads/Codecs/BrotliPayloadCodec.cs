using System.Buffers;
using System.IO.Compression;
using Durable;

namespace EncryptedPayloads;

/// <summary>Compresses payloads from a certain size on, where that makes them smaller. Stands before a codec that encrypts: what is encrypted cannot be compressed any more.</summary>
/// <param name="minimumBytes">Smaller payloads stay as they are: there is little to gain.</param>
public sealed class BrotliPayloadCodec(int minimumBytes = 256) : IPayloadCodec
{
    // A small part of the time that the best compression takes, for most of what it saves.
    private const int Quality = 4;
    private const int Window = 18;

    public string Name => "brotli";

    public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded)
    {
        if (payload.Length < Math.Max(minimumBytes, 2))
            return false;
        // With room for one byte less than the payload has, it fails where nothing would be saved.
        var smaller = encoded.GetSpan(payload.Length)[..(payload.Length - 1)];
        if (!BrotliEncoder.TryCompress(payload, smaller, out var written, Quality, Window))
            return false;
        encoded.Advance(written);
        return true;
    }

    // Piece by piece: the buffer stops what would unpack to more than a payload may have, before it takes the memory.
    public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload)
    {
        using var decoder = new BrotliDecoder();
        OperationStatus status;
        do
        {
            status = decoder.Decompress(encoded, payload.GetSpan(), out var read, out var written);
            encoded = encoded[read..];
            payload.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);

        if (status != OperationStatus.Done || encoded.Length > 0)
            throw new InvalidDataException("The compressed bytes are damaged.");
    }
}
