using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads <c>[JsonConverter]</c>.</summary>
internal static class UserConverters
{
    private const string Attribute = "System.Text.Json.Serialization.JsonConverterAttribute";

    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
        => Expression(type, type, path, walk) is { } converter ? new OpaqueShape(converter, Sensitivity.IsReached(type, walk.Compilation)) : null;

    /// <summary>The expression that makes the converter of a type or member; null without one.</summary>
    /// <param name="symbol">What may carry the attribute.</param>
    /// <param name="type">The type that is converted.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="walk">Is told when the converter cannot be made.</param>
    public static string? Expression(ISymbol symbol, ITypeSymbol type, string path, PayloadWalk walk)
    {
        if (HasAttributeOfItsOwn(symbol))
            walk.Refuse(type, path, "has a converter attribute of its own kind: name the converter with [JsonConverter(typeof(...))]");
        if (symbol.FindAttribute(Attribute) is not { ConstructorArguments: [{ Value: INamedTypeSymbol converter }] })
            return null;
        // The factory over all enums needs code made at run time; the one over this enum does not.
        if (converter.DefinitionName() == "System.Text.Json.Serialization.JsonStringEnumConverter")
        {
            if ((type.NullableUnderlying() ?? type) is { TypeKind: TypeKind.Enum } values)
                return $"new {Metadata.Serialization}JsonStringEnumConverter<{values.FullName()}>()";
            walk.Refuse(type, path, "is no enum, and its converter is for enums");
            return null;
        }

        if (!IsConverter(converter))
        {
            walk.Refuse(converter, path, "is named as converter and is none: derive it from JsonConverter<T>");
            return null;
        }

        if (converter.IsUnboundGenericType || converter.IsAbstract || !HasConstructor(converter, symbol as ITypeSymbol ?? symbol.ContainingType, walk))
        {
            walk.Report(new PayloadProblem(PayloadProblemKind.Inaccessible, path, converter.ShortName(), "is a converter that generated code cannot make: give it an accessible constructor without parameters"));
            return null;
        }

        return $"new {converter.FullName()}()";
    }

    /// <summary>True for what carries an attribute derived from the library's, which makes converters by code that no build can run.</summary>
    public static bool HasAttributeOfItsOwn(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.BaseType?.DefinitionName() == Attribute);

    private static bool IsConverter(INamedTypeSymbol? type)
        => type is not null && (type.DefinitionName() == "System.Text.Json.Serialization.JsonConverter" || IsConverter(type.BaseType));

    private static bool HasConstructor(INamedTypeSymbol converter, ITypeSymbol owner, PayloadWalk walk)
        => walk.IsAccessible(converter, owner)
            && converter.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0 && walk.IsAccessible(constructor, owner));
}
