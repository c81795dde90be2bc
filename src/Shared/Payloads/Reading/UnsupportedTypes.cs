using Durable.Payloads.Contexts;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Says which types have no stored form, and why.</summary>
internal static class UnsupportedTypes
{
    private const string Object = "declares no members to store: use a type of your own that says what is stored";

    private const string NotBroughtBack = "is a type of the library that System.Text.Json does not bring back by itself: give the context a converter for it with [JsonSourceGenerationOptions(Converters = [typeof(...)])]";

    public static (PayloadProblemKind Kind, string Reason)? Check(ITypeSymbol type, PayloadWalk walk)
    {
        if (type.TypeKind == TypeKind.Error)
            return (PayloadProblemKind.Unresolved, "does not exist");
        if (Reason(type, walk) is { } reason)
            return (PayloadProblemKind.Unsupported, reason);
        return IsNameable(type, walk) ? null : (PayloadProblemKind.Inaccessible, "cannot be named by generated code: make it and the types around it internal or public");
    }

    private static string? Reason(ITypeSymbol type, PayloadWalk walk)
    {
        if (type.IsRefLikeType)
            return "is a ref struct, which cannot be stored";
        if (type.IsObsoleteAsError())
            return "is obsolete as an error, so that generated code cannot name it";
        if (walk.Serializers.Find(type) is not null)
            return null;
        switch (type.TypeKind)
        {
            case TypeKind.Dynamic:
                return Object;
            case TypeKind.Delegate:
                return "is code, which cannot be stored";
            case TypeKind.Pointer or TypeKind.FunctionPointer:
                return "is an address, which cannot be stored";
            case TypeKind.TypeParameter:
                return "is a type parameter: name the type";
            case TypeKind.Array:
                return type is IArrayTypeSymbol { IsSZArray: false } ? "has several dimensions: use an array of arrays" : null;
            case TypeKind.Enum:
                return null;
        }

        if (type.SpecialType == SpecialType.System_Object)
            return Object;
        if (type is not INamedTypeSymbol named)
            return "cannot be stored";
        if (type.HasJsonAttribute("Converter") || type.NullableUnderlying() is not null || ScalarTypes.Read(type) is not null || JsonTypes.IsKnown(type) || CollectionTypes.IsKnown(type) || TupleTypes.IsKnown(type))
            return null;
        if (KnownCollections.Refused.TryGetValue(type.DefinitionName(), out var reason))
            return reason;
        if (LiveTypes.Include(named))
            return LiveTypes.Reason;
        var isOfTheLibrary = LibraryTypes.Include(named, walk.Compilation);
        if (walk.Contexts.Owner(type) is { } context && (!type.IsAbstract || context.Converts(type) || DerivedTypes.AreDeclared(type)))
            return isOfTheLibrary && !context.Converts(type) && !context.IncludesFields && !LibraryTypes.ComeBack(named) ? NotBroughtBack : null;
        return type.IsAnonymousType ? "has no name: use a record"
            : type.TypeKind == TypeKind.Interface && !DerivedTypes.AreDeclared(type) ? $"is an interface: use the type that is stored, name those that may stand there with [JsonDerivedType(typeof(...), \"name\")]{ContextAdvice.WithConverter}"
            : type.IsAbstract && !DerivedTypes.AreDeclared(type) ? $"is abstract: use the type that is stored, name those that may stand there with [JsonDerivedType(typeof(...), \"name\")]{ContextAdvice.WithConverter}"
            : isOfTheLibrary ? $"is a type of the library without a stored form: use a type of your own{(LibraryTypes.ComeBack(named) ? ContextAdvice.Plain : ContextAdvice.WithConverter)}"
            : !SymbolEqualityComparer.Default.Equals(named, walk.Error) && named.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable) ? $"is a collection of its own kind: use a list, set or dictionary{ContextAdvice.Plain}"
            : null;
    }

    private static bool IsNameable(ITypeSymbol type, PayloadWalk walk)
    {
        for (var outer = type as INamedTypeSymbol; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
                return false;
        }

        return walk.IsAccessible(type, type);
    }
}
