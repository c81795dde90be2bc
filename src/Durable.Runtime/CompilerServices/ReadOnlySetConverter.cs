using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Stores a read-only set as a JSON array; System.Text.Json can write one and not read it.</summary>
/// <typeparam name="T">The items' type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReadOnlySetConverter<T> : JsonConverter<IReadOnlySet<T>>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not an array.</exception>
    public override IReadOnlySet<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("An array was expected.");
        var item = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var set = new HashSet<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            set.Add(JsonSerializer.Deserialize(ref reader, item)!);
        return set;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlySet<T> value, JsonSerializerOptions options)
    {
        var itemType = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        writer.WriteStartArray();
        foreach (var item in value)
            JsonSerializer.Serialize(writer, item, itemType);
        writer.WriteEndArray();
    }
}
