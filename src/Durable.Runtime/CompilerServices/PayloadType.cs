using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>How values of one type are stored.</summary>
/// <typeparam name="T">The declared type.</typeparam>
/// <param name="json">The generated contract; null for a type without a payload.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PayloadType<T>(JsonTypeInfo<T>? json)
{
    /// <summary>The generated contract; null for a type without a payload.</summary>
    public JsonTypeInfo<T>? Json { get; } = json;

    /// <summary>True when a live value cannot differ from its stored form, so that the code may get it without a round trip.</summary>
    public bool IsImmutable { get; init; }
}
