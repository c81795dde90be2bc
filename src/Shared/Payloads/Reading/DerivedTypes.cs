using Durable.Code;
using Durable.Collections;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads <c>[JsonDerivedType]</c> and <c>[JsonPolymorphic]</c>.</summary>
internal static class DerivedTypes
{
    private const string Attribute = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";

    public static bool AreDeclared(ITypeSymbol type) => type.HasAttribute(Attribute);

    /// <summary>The types that may stand for a type, which are walked; null when it names none. What is wrong with them the walk is told.</summary>
    public static Polymorphism? Read(INamedTypeSymbol type, string path, PayloadWalk walk)
    {
        var polymorphic = type.FindAttribute("System.Text.Json.Serialization.JsonPolymorphicAttribute");
        if (!AreDeclared(type))
        {
            if (polymorphic is not null)
                walk.Refuse(type, path, "is polymorphic and names no derived types: add [JsonDerivedType(typeof(...), \"name\")]");
            return null;
        }

        if (type.IsSealed || type.IsValueType)
            walk.Refuse(type, path, "names derived types and can have none");
        if (Argument(polymorphic, "UnknownDerivedTypeHandling") is int and not 0)
            walk.Refuse(type, path, "is stored as a base where a derived type is not known, which loses members: name all derived types and leave UnknownDerivedTypeHandling out");
        var types = type.GetAttributes().Where(attribute => attribute.AttributeClass?.DefinitionName() == Attribute).Select(attribute => Read(attribute, type, path, walk)).OfType<DerivedType>().ToList();
        if (types.GroupBy(derived => derived.Type).Any(group => group.Count() > 1) || types.GroupBy(derived => derived.Discriminator).Any(group => group.Count() > 1))
            walk.Refuse(type, path, "names a derived type or a discriminator twice");
        return new Polymorphism(
            Argument(polymorphic, "TypeDiscriminatorPropertyName") as string,
            Argument(polymorphic, "IgnoreUnrecognizedTypeDiscriminators") is true,
            types.ToEquatableArray());
    }

    private static DerivedType? Read(AttributeData attribute, INamedTypeSymbol type, string path, PayloadWalk walk)
    {
        if (attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol derived }, ..])
            return null;
        if (derived.IsUnboundGenericType || !IsOrDerivesFrom(derived, type))
        {
            walk.Refuse(derived, path, $"is named as a type derived from '{type.ShortName()}' and is none");
            return null;
        }

        if (walk.Serializers.Find(derived) is not null)
            walk.Refuse(derived, path, "has a serializer, which leaves no place for the discriminator: give one to the base");
        if (derived.HasJsonAttribute("Converter"))
            walk.Refuse(derived, path, "has a converter, which leaves no place for the discriminator");
        if (walk.Contexts.Owner(derived) is { HasOptions: true })
            walk.Refuse(derived, path, $"is stored by a context with options of its own, which leaves no place for the discriminator: name '{type.ShortName()}' in it as well");
        if (!walk.IsAccessible(derived, type))
            walk.Report(new PayloadProblem(PayloadProblemKind.Inaccessible, path, derived.ShortName(), "cannot be named by generated code: make it and the types around it as accessible as the type that names it"));
        if (attribute.ConstructorArguments is not [_, { Value: { } discriminator }])
        {
            walk.Refuse(derived, path, "has no discriminator and would come back as its base: give [JsonDerivedType] a second argument");
            return null;
        }

        var isSelf = SymbolEqualityComparer.Default.Equals(derived, type);
        return new DerivedType(isSelf ? type.FullName() : walk.Visit(derived, path), discriminator is string text ? CodeText.Literal(text) : $"{discriminator}", discriminator is string);
    }

    private static object? Argument(AttributeData? attribute, string name) => attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static bool IsOrDerivesFrom(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
                return true;
        }

        return type.AllInterfaces.Contains(ancestor, SymbolEqualityComparer.Default);
    }
}
