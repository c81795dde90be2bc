using System.Buffers;

namespace Durable.Benchmarks;

/// <summary>Encodes every payload as what it is: what the seam costs by itself.</summary>
internal sealed class PassThroughCodec : IPayloadCodec
{
    public string Name => "pass";

    public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded)
    {
        encoded.Write(payload);
        return true;
    }

    public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload) => payload.Write(encoded);
}
