using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Serialization;

/// <summary>Stands for a value that is not shown.</summary>
internal readonly struct Mask
{
    public const string Text = "***";

    /// <summary>Writes the mask whatever the value, null included: whether there is one may be what nobody is to know.</summary>
    public sealed class Converter<T> : JsonConverter<T>
    {
        public override bool HandleNull => true;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("What is masked is never read.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Text);
    }
}
