using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Serialization;

/// <summary>An error as JSON: what <see cref="ErrorInfo"/> shows, and the data that it does not.</summary>
internal sealed record ErrorDocument
{
    public required string TypeName { get; init; }

    public IReadOnlyList<string>? BaseTypeNames { get; init; }

    public required string Message { get; init; }

    public string? StackTrace { get; init; }

    /// <summary>The data of a <see cref="DurableErrorAttribute"/> type, as JSON; null without.</summary>
    [JsonConverter(typeof(Verbatim))]
    public byte[]? Data { get; init; }

    /// <summary>Why the data is not shown; null where it is, and in what is stored.</summary>
    public string? DataWithheld { get; init; }

    public ErrorDocument? Inner { get; init; }

    public static ErrorDocument Of(ErrorInfo error) => new()
    {
        TypeName = error.TypeName,
        BaseTypeNames = error.BaseTypeNames,
        Message = error.Message,
        StackTrace = error.StackTrace,
        Data = error.Data.IsEmpty ? null : error.Data.ToArray(),
        Inner = error.Inner is { } inner ? Of(inner) : null,
    };

    public ErrorInfo ToError() => new()
    {
        TypeName = TypeName,
        BaseTypeNames = BaseTypeNames ?? [],
        Message = Message,
        StackTrace = StackTrace,
        Data = Data,
        Inner = Inner?.ToError(),
    };

    /// <summary>JSON within JSON, byte for byte: its own contract may escape what this one would not.</summary>
    internal sealed class Verbatim : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var data = JsonDocument.ParseValue(ref reader);
            return JsonMarshal.GetRawUtf8Value(data.RootElement).ToArray();
        }

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteRawValue(value, skipInputValidation: true);
    }
}

// As deep as a payload may be, within an error as deep as one may be.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 2 * DurableLimits.MaxPayloadDepth)]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class ErrorJson : JsonSerializerContext;
