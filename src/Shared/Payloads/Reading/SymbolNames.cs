using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>What symbols are called, in emitted code and in the tables of known types.</summary>
internal static class SymbolNames
{
    // The names of a tuple's items are no part of the type.
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    /// <summary>The type as emitted code names it: from <c>global::</c>, without nullable annotations and names of tuples' items.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>The type as messages name it.</summary>
    public static string ShortName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>Namespace and metadata name of the definition, as <c>System.Collections.Generic.List`1</c>; empty for a nested type.</summary>
    public static string DefinitionName(this ITypeSymbol type)
        => type is not INamedTypeSymbol { ContainingType: null } named ? "" : named.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{named.OriginalDefinition.MetadataName}"
            : named.OriginalDefinition.MetadataName;

    public static AttributeData? FindAttribute(this ISymbol symbol, string definitionName)
        => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.DefinitionName() == definitionName);

    public static bool HasAttribute(this ISymbol symbol, string definitionName) => symbol.FindAttribute(definitionName) is not null;

    /// <summary>The first constructor argument of an attribute of System.Text.Json; null without the attribute or on broken code.</summary>
    public static object? JsonAttributeValue(this ISymbol symbol, string name)
        => symbol.FindAttribute($"System.Text.Json.Serialization.Json{name}Attribute") is { ConstructorArguments: [{ Kind: not TypedConstantKind.Array } value] } ? value.Value : null;

    public static bool HasJsonAttribute(this ISymbol symbol, string name) => symbol.HasAttribute($"System.Text.Json.Serialization.Json{name}Attribute");
}
