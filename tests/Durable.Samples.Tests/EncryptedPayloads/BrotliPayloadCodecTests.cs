using System.Buffers;
using EncryptedPayloads;

namespace Durable.Samples.Tests.EncryptedPayloads;

public sealed class BrotliPayloadCodecTests
{
    private static readonly PayloadOrigin s_origin = new("run", PayloadPart.Result);

    private readonly BrotliPayloadCodec _codec = new();

    [Fact]
    public void A_payload_shrinks_and_comes_back()
    {
        var encoded = Encode(SampleKeys.Payload)!;

        Assert.True(encoded.Length < SampleKeys.Payload.Length / 5);
        Assert.Equal(SampleKeys.Payload, Decode(encoded));
    }

    [Theory]
    [InlineData(255, false), InlineData(256, true)]
    public void A_small_payload_stays_as_it_is(int length, bool isEncoded) => Assert.Equal(isEncoded, Encode(new byte[length]) is not null);

    [Fact]
    public void A_payload_that_does_not_shrink_stays_as_it_is()
    {
        var noise = new byte[10_000];
        new Random(1).NextBytes(noise);
        Assert.Null(Encode(noise));
    }

    [Fact]
    public void The_largest_payload_comes_back()
    {
        var payload = new byte[DurableLimits.MaxPayloadBytes];
        new Random(1).NextBytes(payload.AsSpan(0, payload.Length / 2));
        Assert.Equal(payload, Decode(Encode(payload)!));
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var encoded = Encode(SampleKeys.Payload)!;
        Assert.Throws<InvalidDataException>(() => Decode(encoded[..^1]));
        Assert.Throws<InvalidDataException>(() => Decode([.. encoded, 0]));
        Assert.Throws<InvalidDataException>(() => Decode([]));
        Assert.Throws<InvalidDataException>(() => Decode([255, 255, 255]));
    }

    private byte[]? Encode(byte[] payload)
    {
        var encoded = new ArrayBufferWriter<byte>();
        return _codec.TryEncode(payload, s_origin, encoded) ? encoded.WrittenSpan.ToArray() : null;
    }

    private byte[] Decode(byte[] encoded)
    {
        var payload = new ArrayBufferWriter<byte>();
        _codec.Decode(encoded, s_origin, payload);
        return payload.WrittenSpan.ToArray();
    }
}
