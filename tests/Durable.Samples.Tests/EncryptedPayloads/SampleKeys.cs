using System.Text;
using EncryptedPayloads;
using Microsoft.Extensions.Configuration;

namespace Durable.Samples.Tests.EncryptedPayloads;

/// <summary>Keys as a configuration gives them.</summary>
internal static class SampleKeys
{
    public const string Old = "T0xEIEtFWSBPRiBBIFRFU1QsIE5FVkVSIFVTRSBJVCE="; // 32 bytes
    public const string New = "TkVXIEtFWSBPRiBBIFRFU1QsIE5FVkVSIFVTRSBJVCE=";

    /// <summary>A codec.</summary>
    /// <param name="current">The id of the key that encrypts.</param>
    /// <param name="keys">Ids and keys.</param>
    public static AesGcmPayloadCodec Codec(string current, params (string Id, string Key)[] keys) => new(Read(current, keys));

    public static PayloadKeys Read(string? current, params (string Id, string Key)[] keys)
    {
        var entries = keys.Select(key => KeyValuePair.Create($"PayloadKeys:Keys:{key.Id}", (string?)key.Key));
        if (current is not null)
            entries = entries.Append(new("PayloadKeys:Current", current));
        return PayloadKeys.Read(new ConfigurationBuilder().AddInMemoryCollection(entries).Build().GetSection("PayloadKeys"));
    }

    /// <summary>A payload that is worth compressing.</summary>
    public static byte[] Payload { get; } = Encoding.UTF8.GetBytes($$"""{"name":"Ada Marlowe","findings":"{{string.Concat(Enumerable.Repeat("nothing new. ", 100))}}"}""");
}
