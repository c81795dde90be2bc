using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Durable.CompilerServices;

/// <summary>Stores JSON that was built in code and refuses text that UTF-8 cannot hold, which would be replaced silently.</summary>
/// <typeparam name="T">The kind of node.</typeparam>
/// <param name="library">The library's converter.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StrictNodeConverter<T>(JsonConverter<T?> library) : JsonConverter<T> where T : JsonNode
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => library.Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    /// <exception cref="JsonException">A text or name holds half of a surrogate pair.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Check(value, DurableLimits.MaxPayloadDepth);
        library.Write(writer, value, options);
    }

    // What is deeper than the limit the writer refuses.
    private static void Check(JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject members when depth > 0:
                foreach (var (name, value) in members)
                {
                    StrictStringConverter.Check(name);
                    Check(value, depth - 1);
                }

                break;
            case JsonArray items when depth > 0:
                foreach (var item in items)
                    Check(item, depth - 1);
                break;
            case JsonValue text when text.TryGetValue(out string? value):
                StrictStringConverter.Check(value);
                break;
            case JsonValue character when character.TryGetValue(out char value):
                StrictStringConverter.Check([value]);
                break;
        }
    }
}
