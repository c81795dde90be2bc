using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>What reading asks of symbols.</summary>
internal static class TypeQuestions
{
    /// <summary>The type inside a nullable value; null for any other.</summary>
    public static ITypeSymbol? NullableUnderlying(this ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] } ? underlying : null;

    /// <summary>True for what no code may name, not even under a suppression.</summary>
    public static bool IsObsoleteAsError(this ISymbol symbol)
        => symbol.FindAttribute("System.ObsoleteAttribute") is { ConstructorArguments: [_, { Value: true }] };
}
