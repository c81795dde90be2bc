using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>The form of tuples that the guide documents, for System.Text.Json by reflection, which has none: an array of all items.</summary>
internal sealed class TupleArrays : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(ITuple));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            Items(writer, typeof(T), value!, options);
            writer.WriteEndArray();
        }

        private static void Items(Utf8JsonWriter writer, Type type, object tuple, JsonSerializerOptions options)
        {
            var arguments = type.GetGenericArguments();
            for (var index = 0; index < arguments.Length; index++)
            {
                var name = index == 7 ? "Rest" : $"Item{index + 1}";
                var item = type.IsValueType ? type.GetField(name)!.GetValue(tuple) : type.GetProperty(name)!.GetValue(tuple);
                if (index == 7)
                    Items(writer, arguments[index], item!, options);
                else
                    JsonSerializer.Serialize(writer, item, arguments[index], options);
            }
        }
    }
}
