using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Testing.History;

/// <summary>How a line is written: as JSON, without what it does not tell.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HistoryLine))]
internal sealed partial class HistoryFormat : JsonSerializerContext
{
    public static byte[] Write(HistoryLine line)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, Default.HistoryLine);
        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        return json;
    }

    /// <exception cref="JsonException">It is no line of a history.</exception>
    public static HistoryLine Read(ReadOnlySpan<byte> json)
        => JsonSerializer.Deserialize(json, Default.HistoryLine) ?? throw new JsonException("The line is null.");
}
