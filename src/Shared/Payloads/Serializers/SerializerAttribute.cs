using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Serializers;

/// <summary>Reads <c>[PayloadSerializer(typeof(...))]</c>, and says what is wrong with it.</summary>
internal static class SerializerAttribute
{
    private const string Name = "Durable.PayloadSerializerAttribute";
    private const string Base = "Durable.PayloadSerializer`1";

    public static bool Is(AttributeData attribute) => attribute.AttributeClass is { Name: "PayloadSerializerAttribute" } type && type.DefinitionName() == Name;

    /// <summary>The attributes among those of an assembly, type or method.</summary>
    public static IEnumerable<AttributeData> Among(IEnumerable<AttributeData> attributes) => attributes.Where(Is);

    /// <summary>The class that the attribute names; null where it names none, which is the compiler's to say.</summary>
    public static INamedTypeSymbol? Serializer(AttributeData attribute)
        => attribute is { ConstructorArguments: [{ Value: INamedTypeSymbol { TypeKind: not TypeKind.Error } serializer }] } ? serializer : null;

    /// <summary>The type whose values a serializer stores; null for what is none.</summary>
    public static ITypeSymbol? Stored(INamedTypeSymbol serializer)
    {
        for (var type = serializer; type is not null; type = type.BaseType)
        {
            if (type.DefinitionName() == Base)
                return type.TypeArguments[0];
        }

        return null;
    }

    /// <summary>The serializer of a workflow's or step's result, if it can be used; null for none.</summary>
    public static INamedTypeSymbol? OfResult(IMethodSymbol method, ITypeSymbol? result, Compilation compilation)
        => result is not null && Among(method.GetAttributes()).ToList() is [var only] && Serializer(only) is { } serializer && Problem(serializer, result, method.ContainingType, compilation) is null ? serializer : null;

    /// <summary>Why a class cannot store a type where the attribute stands, as the end of a sentence that starts with the class; null where it can.</summary>
    /// <param name="serializer">The class.</param>
    /// <param name="type">The type to store; null for the one that the class itself names.</param>
    /// <param name="within">Where generated code makes it: the assembly or a type.</param>
    /// <param name="compilation">The compilation.</param>
    public static string? Problem(INamedTypeSymbol serializer, ITypeSymbol? type, ISymbol within, Compilation compilation)
    {
        if (Stored(serializer.OriginalDefinition) is not { } stored)
            return "is no serializer: derive it from PayloadSerializer<T>";
        if (IsGeneric(serializer))
            return "is generic, so that its type arguments are not known here: name a class that derives from it";
        if (serializer.IsAbstract)
            return "is abstract: name a class that can be made";
        if (type is null ? stored.NullableUnderlying() is not null : !SymbolEqualityComparer.Default.Equals(stored, type) && !compilation.ClassifyCommonConversion(stored, type).IsIdentity)
            return type is null ? $"stores '{stored.ShortName()}': derive it from PayloadSerializer<{stored.NullableUnderlying()!.ShortName()}>, for null is stored without it" : $"stores '{stored.ShortName()}', and what stands here is '{type.ShortName()}'";
        if (IsFileLocal(serializer) || !compilation.IsSymbolAccessibleWithin(serializer, within))
            return "cannot be named by generated code: make it and the types around it internal or public";
        if (serializer.IsObsoleteAsError())
            return "is obsolete as an error, so that generated code cannot name it";
        var constructor = serializer.InstanceConstructors.FirstOrDefault(one => one.Parameters.Length == 0);
        return constructor is null || constructor.IsObsoleteAsError() || !compilation.IsSymbolAccessibleWithin(constructor, within) || (HasRequired(serializer) && !constructor.HasAttribute("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute"))
            ? "has no constructor without parameters that generated code can call"
            : null;
    }

    private static bool HasRequired(INamedTypeSymbol? type)
        => type is not null && (type.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }) || HasRequired(type.BaseType));

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsUnboundGenericType || type.TypeArguments.Any(argument => argument is ITypeParameterSymbol) || (type.ContainingType is { } outer && IsGeneric(outer));

    private static bool IsFileLocal(INamedTypeSymbol type) => type.IsFileLocal || (type.ContainingType is { } outer && IsFileLocal(outer));
}
