using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Durable.Serialization;

namespace Durable.CompilerServices;

/// <summary>Asks a user's <see cref="JsonSerializerContext"/> for the contract of a type that it names.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadContext
{
    /// <summary>The contract of a context without options of its own: made for the options given, which are asked for what the type reaches.</summary>
    /// <param name="context">The context.</param>
    /// <param name="options">The options of the assembly.</param>
    /// <exception cref="InvalidOperationException">The context does not know the type.</exception>
    public static JsonTypeInfo<T> Contract<T>(JsonSerializerContext context, JsonSerializerOptions options)
        => ((IJsonTypeInfoResolver)context).GetTypeInfo(typeof(T), options) as JsonTypeInfo<T> ?? throw Unknown<T>(context);

    /// <summary>The contract of a context with options of its own: the value and all that it reaches are stored as the context stores them.</summary>
    /// <inheritdoc cref="Contract{T}"/>
    public static JsonTypeInfo<T> ContractWithOptions<T>(JsonSerializerContext context, JsonSerializerOptions options)
    {
        var contract = context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? throw Unknown<T>(context);
        return JsonMetadataServices.CreateValueInfo<T>(options, new Whole<T>(MaskedContracts.Are(options) ? MaskedContracts.Of(contract) : contract));
    }

    /// <summary>The contract of a type whose sensitive members only converters of the user's find: where members are masked, the whole value is.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="options">The options of the assembly.</param>
    public static JsonTypeInfo<T> Sensitive<T>(JsonTypeInfo<T> contract, JsonSerializerOptions options)
        => MaskedContracts.Are(options) ? JsonMetadataServices.CreateValueInfo<T>(options, new Mask.Converter<T>()) : contract;

    /// <summary>Knows texts and characters, which are refused where they cannot be stored, and JSON, which is what comes back for a member declared as object: asked before any context.</summary>
    public static IJsonTypeInfoResolver Texts { get; } = new StrictTexts();

    private static InvalidOperationException Unknown<T>(JsonSerializerContext context)
        => new($"'{context.GetType()}' has no contract for '{typeof(T)}'. Name the type in [JsonSerializable] on it, and build again.");

    private sealed class Whole<T>(JsonTypeInfo<T> contract) : JsonConverter<T>
    {
        // What becomes of null is the context's to say as well.
        public override bool HandleNull => true;

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, contract);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, contract);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => ((JsonConverter<T>)contract.Converter).ReadAsPropertyName(ref reader, typeToConvert, contract.Options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, [System.Diagnostics.CodeAnalysis.DisallowNull] T value, JsonSerializerOptions options)
            => ((JsonConverter<T>)contract.Converter).WriteAsPropertyName(writer, value, contract.Options);
    }

    private sealed class StrictTexts : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
            => type == typeof(string) ? JsonMetadataServices.CreateValueInfo<string>(options, new StrictStringConverter())
                : type == typeof(char) ? JsonMetadataServices.CreateValueInfo<char>(options, new StrictCharConverter())
                : type == typeof(JsonElement) ? JsonMetadataServices.CreateValueInfo<JsonElement>(options, JsonMetadataServices.JsonElementConverter)
                : null;
    }
}
