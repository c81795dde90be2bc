using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Durable.Serialization;

namespace Durable.CompilerServices;

/// <summary>Turns the converter that a user's attribute names into the converter of one type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadConverter
{
    /// <summary>The converter itself, or what it makes if it is a factory.</summary>
    /// <param name="converter">The converter that the attribute names.</param>
    /// <param name="options">The options that it works under.</param>
    /// <exception cref="InvalidOperationException">The converter is made for another type.</exception>
    public static JsonConverter<T> For<T>(JsonConverter converter, JsonSerializerOptions options)
        => (converter is JsonConverterFactory factory ? factory.CreateConverter(typeof(T), options) : converter) as JsonConverter<T>
            ?? throw new InvalidOperationException($"'{converter.GetType()}' does not convert '{typeof(T)}'. Name a converter of that type in the attribute.");

    /// <summary>The converter of a type with sensitive members, which nobody but the converter sees: where members are masked, the whole value is.</summary>
    /// <param name="converter">The converter that the attribute names.</param>
    /// <param name="options">The options that it works under.</param>
    /// <exception cref="InvalidOperationException">The converter is made for another type.</exception>
    public static JsonConverter<T> ForSensitive<T>(JsonConverter converter, JsonSerializerOptions options)
        => MaskedContracts.Are(options) ? new Mask.Converter<T>() : For<T>(converter, options);

    /// <summary>The converter of a nullable value: made for it, or for the value inside.</summary>
    /// <param name="converter">The converter that the attribute names.</param>
    /// <param name="options">The options that it works under.</param>
    /// <exception cref="InvalidOperationException">The converter is made for another type.</exception>
    public static JsonConverter<T?> ForNullable<T>(JsonConverter converter, JsonSerializerOptions options) where T : struct
        => converter.CanConvert(typeof(T?))
            ? For<T?>(converter, options)
            : new Nullable<T>(For<T>(converter, options));

    // The library's own would ask for the contract of the value, which may have none but this converter.
    private sealed class Nullable<T>(JsonConverter<T> inner) : JsonConverter<T?> where T : struct
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => inner.Read(ref reader, typeof(T), options);

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) => inner.Write(writer, value.GetValueOrDefault(), options);
    }
}
