using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Durable;

namespace EncryptedPayloads;

/// <summary>
/// Encrypts payloads by AES-GCM, which also notices every change. A payload is bound to its place: copied to another run, step or part in the database, it is refused.
/// </summary>
/// <remarks>
/// Form: a version byte, the length of the key's id, the id, 12 bytes of nonce, the encrypted bytes, 16 bytes of tag. Version, id and <see cref="PayloadOrigin"/> are associated data.
/// The nonce is random: rotate a key before it has encrypted 2^32 (4 billion) payloads, where two equal nonces become likely enough to matter.
/// </remarks>
public sealed class AesGcmPayloadCodec(PayloadKeys keys) : IPayloadCodec
{
    private const byte Version = 1;
    private const int IdAt = 2;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public string Name => "aes-gcm";

    public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded)
    {
        var (id, key) = keys.Current;
        var headerLength = IdAt + id.Length;
        var length = headerLength + NonceLength + payload.Length + TagLength;
        var output = encoded.GetSpan(length)[..length];
        var header = output[..headerLength];
        (header[0], header[1]) = (Version, (byte)id.Length);
        Encoding.ASCII.GetBytes(id, header[IdAt..]);
        var nonce = output.Slice(headerLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        // One for each call: two threads must not share it.
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, payload, output.Slice(headerLength + NonceLength, payload.Length), output[^TagLength..], [.. header, .. origin.ToBytes()]);
        encoded.Advance(length);
        return true;
    }

    public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload)
    {
        if (encoded.Length < IdAt || encoded[0] != Version || encoded.Length < IdAt + encoded[1] + NonceLength + TagLength)
            throw new CryptographicException("These are not bytes of this codec.");
        var header = encoded[..(IdAt + encoded[1])];
        var nonce = encoded.Slice(header.Length, NonceLength);
        var encrypted = encoded[(header.Length + NonceLength)..^TagLength];

        using var aes = new AesGcm(keys.Find(Encoding.ASCII.GetString(header[IdAt..])), TagLength);
        // Throws where one bit differs, or the place; what stands in the span until then is never used.
        aes.Decrypt(nonce, encrypted, encoded[^TagLength..], payload.GetSpan(encrypted.Length)[..encrypted.Length], [.. header, .. origin.ToBytes()]);
        payload.Advance(encrypted.Length);
    }
}
