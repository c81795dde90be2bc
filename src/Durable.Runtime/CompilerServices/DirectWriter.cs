using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>
/// Writes parts of a value for generated code that stores it without a look into its contract. The bytes are those of the contract.
/// What the contract would refuse need not be refused here as it would be: every exception, and every lone surrogate in the bytes, sends the whole value to the contract, which knows how to say it (<see cref="PayloadType{T}.Write"/>).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DirectWriter
{
    /// <summary>The name of a member, encoded once.</summary>
    /// <param name="name">Its name in JSON.</param>
    public static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);

    /// <summary>Writes a list, set or other sequence.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="items">The items, in their order.</param>
    /// <param name="write">Writes an item.</param>
    public static void List<T>(Utf8JsonWriter writer, IEnumerable<T>? items, Action<Utf8JsonWriter, T> write)
    {
        if (items is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        if (items.GetType() == typeof(List<T>))
        {
            foreach (var item in (List<T>)items)
                write(writer, item);
        }
        else
        {
            foreach (var item in items)
                write(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a dictionary by text.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="entries">The entries, in their order.</param>
    /// <param name="write">Writes a value.</param>
    public static void Dictionary<T>(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, T>>? entries, Action<Utf8JsonWriter, T> write)
    {
        if (entries is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, value) in entries)
        {
            writer.WritePropertyName(name);
            write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a dictionary of texts.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="entries">The entries, in their order.</param>
    public static void Texts(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>>? entries)
    {
        if (entries is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        if (entries.GetType() == typeof(Dictionary<string, string>))
        {
            foreach (var (name, value) in (Dictionary<string, string>)entries)
                writer.WriteString(name, value);
        }
        else
        {
            foreach (var (name, value) in entries)
                writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a value of the library by its converter, which uses no options.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="value">The value.</param>
    /// <param name="converter">The library's converter.</param>
    public static void Converted<T>(Utf8JsonWriter writer, T value, JsonConverter<T> converter)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            converter.Write(writer, value, null!);
    }

    /// <summary>Writes a value by its contract.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="value">The value.</param>
    /// <param name="contracts">The contracts of the assembly.</param>
    public static void Contract<T>(Utf8JsonWriter writer, T value, JsonSerializerOptions contracts)
        => JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)contracts.GetTypeInfo(typeof(T)));

    /// <summary>Leaves the whole value to the contract, which refuses an object of a derived class.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public static void Refuse() => throw new InvalidOperationException("The contract refuses the value.");
}
