using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Serialization;

/// <summary>Errors to bytes and back.</summary>
internal static class ErrorCodec
{
    public static ReadOnlyMemory<byte> Write(ErrorInfo error) => JsonSerializer.SerializeToUtf8Bytes(error, ErrorJson.Default.ErrorInfo);

    public static ErrorInfo? Read(ReadOnlyMemory<byte> bytes)
        => bytes.IsEmpty ? null : JsonSerializer.Deserialize(bytes.Span, ErrorJson.Default.ErrorInfo);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorInfo))]
internal sealed partial class ErrorJson : JsonSerializerContext;
