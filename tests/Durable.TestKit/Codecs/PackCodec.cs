using System.Buffers;
using System.IO.Compression;

namespace Durable.TestKit.Codecs;

/// <summary>Compresses what becomes smaller by it.</summary>
public sealed class PackCodec : IPayloadCodec
{
    public string Name => "pack";

    public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded)
    {
        if (!BrotliEncoder.TryCompress(payload, encoded.GetSpan(payload.Length)[..(payload.Length - 1)], out var written, quality: 1, window: 18))
            return false;
        encoded.Advance(written);
        return true;
    }

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
        if (status != OperationStatus.Done)
            throw new InvalidDataException("It is not what was packed.");
    }
}
