using System.Buffers;
using System.Security.Cryptography;

namespace Durable.TestKit.Codecs;

/// <summary>Hides and binds a payload as a cipher would, but for a test: the same bytes each time, so that a simulation repeats.</summary>
/// <param name="key">One that differs cannot read it.</param>
/// <param name="name">The name in front of what it writes.</param>
public sealed class SealCodec(byte key = 0x5A, string name = "seal") : IPayloadCodec
{
    private const int SealLength = 8;

    public string Name => name;

    public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded)
    {
        encoded.Write(Seal(payload, origin));
        foreach (var value in payload)
            encoded.Write([(byte)(value ^ key)]);
        return true;
    }

    public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload)
    {
        var plain = encoded[SealLength..].ToArray();
        for (var i = 0; i < plain.Length; i++)
            plain[i] ^= key;
        if (!encoded[..SealLength].SequenceEqual(Seal(plain, origin)))
            throw new CryptographicException("The seal is broken.");
        payload.Write(plain);
    }

    private ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> payload, PayloadOrigin origin)
        => SHA256.HashData([key, .. origin.ToBytes(), .. payload]).AsSpan(0, SealLength);
}
