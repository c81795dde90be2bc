using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Stores a link by its original text and refuses text that UTF-8 cannot hold, which would be replaced silently.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StrictUriConverter : JsonConverter<Uri>
{
    /// <inheritdoc/>
    public override Uri? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonMetadataServices.UriConverter.Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override Uri ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => JsonMetadataServices.UriConverter.ReadAsPropertyName(ref reader, typeToConvert, options)!;

    /// <inheritdoc/>
    /// <exception cref="JsonException">The text holds half of a surrogate pair.</exception>
    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options)
    {
        StrictStringConverter.Check(value.OriginalString);
        writer.WriteStringValue(value.OriginalString);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The text holds half of a surrogate pair.</exception>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options)
    {
        StrictStringConverter.Check(value.OriginalString);
        writer.WritePropertyName(value.OriginalString);
    }
}
