using Durable.Collections;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Contexts;

/// <summary>A registered context, in text.</summary>
/// <param name="Name">Its name, from <c>global::</c> on.</param>
/// <param name="HasOptions">True when it says how it stores, so that it stores its types whole by itself.</param>
/// <param name="HasFactory">True when its options name a factory of converters, of which nobody knows before it runs what it makes.</param>
/// <param name="Converted">The types that its options name a converter for.</param>
/// <param name="IncludesFields">True when its options say that fields are stored.</param>
internal sealed record JsonContext(string Name, bool HasOptions, bool HasFactory, EquatableArray<string> Converted, bool IncludesFields)
{
    private const string Options = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";
    private const string Converter = "System.Text.Json.Serialization.JsonConverter`1";
    private const string Factory = "System.Text.Json.Serialization.JsonConverterFactory";

    public static JsonContext Of(INamedTypeSymbol context)
    {
        var options = context.FindAttribute(Options);
        var converters = options?.NamedArguments.FirstOrDefault(argument => argument.Key == "Converters").Value is { Kind: TypedConstantKind.Array, Values: { IsDefaultOrEmpty: false } named }
            ? named.Select(value => value.Value).OfType<INamedTypeSymbol>().SelectMany(Bases).ToList()
            : [];
        return new JsonContext(
            context.FullName(),
            // How the code is generated says nothing about how it stores.
            options is not null && (options.ConstructorArguments.Length > 0 || options.NamedArguments.Any(argument => argument.Key != "GenerationMode")),
            converters.Any(type => type.DefinitionName() == Factory),
            converters.Where(type => type.DefinitionName() == Converter).Select(type => type.TypeArguments[0].FullName()).ToEquatableArray(),
            options?.NamedArguments.FirstOrDefault(argument => argument.Key == "IncludeFields").Value.Value is true);
    }

    /// <summary>True when its options name converters.</summary>
    public bool HasConverters => HasFactory || Converted.Count > 0;

    /// <summary>True when its options have a converter for a type.</summary>
    public bool Converts(ITypeSymbol type) => HasFactory || Converted.Contains(type.FullName());

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }
}
