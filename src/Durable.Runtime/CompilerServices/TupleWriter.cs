using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Writes the items of a tuple in order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TupleWriter
{
    private readonly Utf8JsonWriter _writer;
    private readonly JsonSerializerOptions _options;

    internal TupleWriter(Utf8JsonWriter writer, JsonSerializerOptions options) => (_writer, _options) = (writer, options);

    /// <summary>Writes the next item.</summary>
    /// <param name="item">The item.</param>
    public TupleWriter Add<T>(T item)
    {
        JsonSerializer.Serialize(_writer, item, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)));
        return this;
    }
}
