using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.CompilerServices;

/// <summary>Stores a character as JSON text and refuses a surrogate, which cannot be stored alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StrictCharConverter : JsonConverter<char>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is not one character.</exception>
    public override char Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.GetString() is { Length: 1 } text ? text[0] : throw new JsonException("One character was expected.");

    /// <inheritdoc/>
    /// <exception cref="JsonException">The name is not one character.</exception>
    public override char ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The character is half of a surrogate pair.</exception>
    public override void Write(Utf8JsonWriter writer, char value, JsonSerializerOptions options)
    {
        ReadOnlySpan<char> text = [value];
        StrictStringConverter.Check(text);
        writer.WriteStringValue(text);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The character is half of a surrogate pair.</exception>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, char value, JsonSerializerOptions options)
    {
        ReadOnlySpan<char> text = [value];
        StrictStringConverter.Check(text);
        writer.WritePropertyName(text);
    }
}
