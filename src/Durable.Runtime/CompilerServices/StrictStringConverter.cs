using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.CompilerServices;

/// <summary>
/// Stores text as JSON and refuses text that UTF-8 cannot hold: a lone surrogate would be replaced silently, and the code would get another value than it stored.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StrictStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    /// <inheritdoc/>
    /// <exception cref="JsonException">The text holds a lone surrogate.</exception>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        Check(value);
        writer.WriteStringValue(value);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The text holds a lone surrogate.</exception>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        Check(value);
        writer.WritePropertyName(value);
    }

    internal static void Check(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (start < 0)
            return;
        for (var i = start; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                throw new JsonException($"The text has half of a surrogate pair at index {i}, which cannot be stored. Store bytes, or cut the text between characters.");
            i++;
        }
    }
}
