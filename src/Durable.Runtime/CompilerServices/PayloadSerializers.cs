using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Durable.Serialization;

namespace Durable.CompilerServices;

/// <summary>The serializers of the user's, each made once, and what makes JSON of their bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadSerializers
{
    /// <summary>The instance of a serializer, the same for the whole process.</summary>
    /// <param name="create">Makes it.</param>
    public static TSerializer Of<TSerializer>(Func<TSerializer> create) where TSerializer : class => Only<TSerializer>.Instance(create);

    /// <summary>Stores values as texts that hold a serializer's bytes in base64.</summary>
    /// <param name="serializer">The serializer.</param>
    public static JsonConverter<T> Converter<T>(PayloadSerializer<T> serializer) => new Base64<T>(serializer);

    /// <summary>The same for a type with sensitive members, which nobody but the serializer sees: where members are masked, the whole value is.</summary>
    /// <param name="serializer">The serializer.</param>
    /// <param name="options">The options that it works under.</param>
    public static JsonConverter<T> SensitiveConverter<T>(PayloadSerializer<T> serializer, JsonSerializerOptions options)
        => MaskedContracts.Are(options) ? new Mask.Converter<T>() : Converter(serializer);

    internal static ReadOnlyMemory<byte> Bytes<T>(PayloadSerializer<T> serializer, T value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        serializer.Write(value, bytes);
        return bytes.WrittenMemory;
    }

    private static class Only<TSerializer> where TSerializer : class
    {
        private static readonly Lock s_gate = new();
        private static TSerializer? s_instance;

        public static TSerializer Instance(Func<TSerializer> create)
        {
            if (Volatile.Read(ref s_instance) is { } made)
                return made;
            lock (s_gate)
                return s_instance ??= create();
        }
    }

    private sealed class Base64<T>(PayloadSerializer<T> serializer) : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes))
                throw NoBase64();
            return Read(bytes);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteBase64StringValue(Bytes(serializer, value).Span);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var name = reader.GetString()!;
            var bytes = new byte[Encoding.UTF8.GetByteCount(name)];
            return Convert.TryFromBase64String(name, bytes, out var length) ? Read(bytes.AsSpan(0, length)) : throw NoBase64();
        }

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Convert.ToBase64String(Bytes(serializer, value).Span));

        private T Read(ReadOnlySpan<byte> bytes)
        {
            try
            {
                return serializer.Read(bytes);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // With the place where it stands, which only the library knows.
                throw new JsonException($"'{serializer.GetType()}' does not read it: {exception.Message}", exception);
            }
        }

        private JsonException NoBase64()
            => new($"It is no base64, which '{serializer.GetType()}' writes. What was stored before '{typeof(T)}' had this serializer cannot be read by it: go on in a build without it, or give the new form a type of its own.");
    }
}
