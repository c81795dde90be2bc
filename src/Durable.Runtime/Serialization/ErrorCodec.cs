using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Serialization;

/// <summary>Errors to bytes and back.</summary>
internal static class ErrorCodec
{
    public static ReadOnlyMemory<byte> Write(ErrorInfo error) => JsonSerializer.SerializeToUtf8Bytes(error, ErrorJson.Default.ErrorInfo);

    /// <exception cref="PayloadException">The bytes are not an error.</exception>
    public static ErrorInfo? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return bytes.IsEmpty ? null : JsonSerializer.Deserialize(bytes.Span, ErrorJson.Default.ErrorInfo);
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"A stored error cannot be read: {exception.Message}", exception);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorInfo))]
internal sealed partial class ErrorJson : JsonSerializerContext;
