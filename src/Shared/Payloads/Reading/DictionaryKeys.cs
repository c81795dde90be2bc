using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Says what can name a member of a JSON object.</summary>
internal static class DictionaryKeys
{
    private const string Converter = "System.Text.Json.Serialization.JsonConverterAttribute";

    public static bool Allow(ITypeSymbol type, PayloadWalk walk)
        => walk.Serializers.Find(type) is not null || (type.FindAttribute(Converter) is { ConstructorArguments: [{ Value: INamedTypeSymbol converter }] }
            ? WritesNames(converter)
            : type.TypeKind == TypeKind.Enum || ScalarTypes.IsKey(type));

    // A converter of the user's does so if it says how; what a factory makes is not known before it runs.
    private static bool WritesNames(INamedTypeSymbol converter)
    {
        for (var type = converter; type is not null; type = type.BaseType)
        {
            if (type.DefinitionName() == "System.Text.Json.Serialization.JsonConverterFactory" || type.GetMembers("WriteAsPropertyName").Any(member => member.IsOverride))
                return true;
        }

        return false;
    }
}
