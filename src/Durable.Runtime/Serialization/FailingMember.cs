using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Durable.Serialization;

/// <summary>Finds where writing a value failed, by writing it once more: what stands there before the failure says how far it came.</summary>
internal static class FailingMember
{
    /// <summary>The path, and how deep in the value it is; null if the value is written the second time, or what stands there is no JSON.</summary>
    public static (string Path, int Depth)? Find<T>(T value, JsonTypeInfo<T> json)
    {
        var written = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(written);
        try
        {
            JsonSerializer.Serialize(writer, value, json);
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var depth = writer.CurrentDepth;
            writer.Flush();
            // What follows a number is what ends it.
            written.Write(" "u8);
            try
            {
                return (PathAtEnd(written.WrittenSpan), depth);
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
            {
                // A converter of the user's wrote it.
                return null;
            }
        }
    }

    private static string PathAtEnd(ReadOnlySpan<byte> json)
    {
        var open = new List<(bool IsArray, string? Name, int Index)>();
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    open[^1] = open[^1] with { Name = reader.GetString() };
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Add((reader.TokenType == JsonTokenType.StartArray, null, 0));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.RemoveAt(open.Count - 1);
                    break;
            }

            if (open.Count > 0)
                open[^1] = (open[^1].IsArray, null, open[^1].Index + 1);
        }

        var path = new StringBuilder("$");
        foreach (var (isArray, name, index) in open)
            path.Append(isArray ? $"[{index}]" : name is null ? "" : "." + name);
        return path.ToString();
    }
}
