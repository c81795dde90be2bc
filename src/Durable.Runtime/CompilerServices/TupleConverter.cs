using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Durable.CompilerServices;

/// <summary>Makes a tuple of the items that the reader comes to.</summary>
/// <typeparam name="T">The tuple's type.</typeparam>
/// <param name="reader">The reader, before the first item.</param>
/// <param name="items">Reads them one by one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T TupleCreation<T>(ref Utf8JsonReader reader, TupleReader items);

/// <summary>Stores a tuple as an array of its items, by position. System.Text.Json would write an empty object.</summary>
/// <typeparam name="T">The tuple's type.</typeparam>
/// <param name="length">The number of items.</param>
/// <param name="create">Makes a tuple of the items read.</param>
/// <param name="write">Tells the items of a tuple.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TupleConverter<T>(int length, TupleCreation<T> create, Action<TupleWriter, T> write) : JsonConverter<T>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is no array, or one of another length.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"An array with the {length} items of a tuple was expected.");
        var value = create(ref reader, new TupleReader(length, options));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? value : throw new JsonException($"The stored tuple has more than {length} items.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        write(new TupleWriter(writer, options), value);
        writer.WriteEndArray();
    }
}
