using System.Text;
using System.Text.Json;
using Durable.CompilerServices;

namespace Durable.Serialization;

/// <summary>A stored payload as it may be shown.</summary>
/// <param name="Payload">What to show; empty for nothing.</param>
/// <param name="Withheld">Why a payload is not shown; null where it is.</param>
internal readonly record struct ShownPayload(ReadOnlyMemory<byte> Payload, string? Withheld = null)
{
    private static readonly byte[] s_mask = [.. "\""u8, .. Encoding.UTF8.GetBytes(Mask.Text), .. "\""u8];

    public static ShownPayload Withhold(string why) => new(default, why);

    /// <summary>A payload of a type: as it is stored, with its sensitive members masked, or as a mask alone.</summary>
    public static ShownPayload Of<T>(PayloadType<T> type, ReadOnlyMemory<byte> stored)
    {
        if (stored.IsEmpty || !type.IsMasked)
            return new ShownPayload(stored);
        if (type.IsSensitive)
            return new ShownPayload(s_mask);
        try
        {
            var contract = type.Json!;
            return new ShownPayload(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(stored.Span, contract)!, MaskedContracts.Of(contract)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Constructors and converters are user code, and what they say may hold what they were given.
            return Withhold($"it holds what is sensitive, and cannot be read{StoredPayload.As<T>()}");
        }
    }
}
