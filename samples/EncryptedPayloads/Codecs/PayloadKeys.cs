using Microsoft.Extensions.Configuration;

namespace EncryptedPayloads;

/// <summary>
/// The keys of <see cref="AesGcmPayloadCodec"/> by id: one that encrypts, and those before it, which are kept as long as runs need what they encrypted. No message, and nothing else that is ever printed, holds a key.
/// </summary>
public sealed class PayloadKeys
{
    private const int KeyLength = 32;
    private const int MaxIdLength = 50;

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    private PayloadKeys(string currentId) => CurrentId = currentId;

    /// <summary>The id of the key that encrypts from now on.</summary>
    public string CurrentId { get; }

    /// <summary>The key that encrypts from now on.</summary>
    public (string Id, byte[] Key) Current => (CurrentId, _keys[CurrentId]);

    /// <summary>Reads the keys: <c>Current</c> names one of <c>Keys</c>, each of which is 32 bytes as base64 under its id.</summary>
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says where and does not quote it.</exception>
    public static PayloadKeys Read(IConfigurationSection section)
    {
        var keys = new PayloadKeys(section["Current"] ?? throw new InvalidOperationException($"{section.Path}:Current is missing: the id of the key that encrypts."));
        foreach (var entry in section.GetSection("Keys").GetChildren())
        {
            if (entry.Value is not { Length: > 0 } text)
                continue;
            if (entry.Key.Length > MaxIdLength || !entry.Key.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
                throw new InvalidOperationException($"The id of a key in {section.Path}:Keys is too long or has other characters than letters, digits, '-' and '_'.");
            var key = new byte[KeyLength];
            if (!Convert.TryFromBase64String(text, key, out var length) || length != KeyLength)
                throw new InvalidOperationException($"{entry.Path} is not a key: it has to be {KeyLength} bytes as base64. Make one by: openssl rand -base64 {KeyLength}");
            keys._keys.Add(entry.Key, key);
        }

        return keys._keys.ContainsKey(keys.CurrentId) ? keys : throw new InvalidOperationException($"{section.Path}:Current names a key that is not in {section.Path}:Keys.");
    }

    /// <summary>The key that a stored payload names.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key here.</exception>
    public byte[] Find(string id)
        => _keys.TryGetValue(id, out var key) ? key : throw new KeyNotFoundException($"There is no key '{id}' here. It belongs into PayloadKeys:Keys.");
}
