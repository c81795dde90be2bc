using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Reads the items of a stored tuple in order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TupleReader
{
    private readonly int _length;
    private readonly JsonSerializerOptions _options;
    private int _read;

    internal TupleReader(int length, JsonSerializerOptions options) => (_length, _options) = (length, options);

    /// <summary>The next item.</summary>
    /// <param name="reader">The reader, before the item.</param>
    /// <exception cref="JsonException">There is none, or it is not of the type.</exception>
    public T Next<T>(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            throw new JsonException($"The stored tuple ends after {_read} of {_length} items.");
        _read++;
        try
        {
            return JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)))!;
        }
        catch (JsonException exception)
        {
            // Its path starts at the item; without one, the path to the tuple is filled in further up.
            throw new JsonException($"Item {_read} of the tuple: {exception.Message}", exception);
        }
    }
}
