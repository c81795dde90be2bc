using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads the collections that can be stored.</summary>
internal static class CollectionTypes
{
    /// <summary>The shape of a collection, whose items are walked; null for what is none.</summary>
    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
            return new ListShape(walk.Visit(array.ElementType, path + "[]"), KnownCollections.Array);
        if (type is not INamedTypeSymbol { TypeArguments: [var item, ..] arguments })
            return null;
        var name = type.DefinitionName();
        if (KnownCollections.Lists.TryGetValue(name, out var list))
            return new ListShape(walk.Visit(item, path + "[]"), list);
        if (KnownCollections.Sets.TryGetValue(name, out var set))
            return new SetShape(walk.Visit(item, path + "[]"), set);
        if (!KnownCollections.Dictionaries.TryGetValue(name, out var dictionary))
            return null;
        if (!DictionaryKeys.Allow(item, walk))
            walk.Refuse(item, path + "[key]", "cannot be a key: use text, a number, a Guid, an enum or a date");
        return new DictionaryShape(walk.Visit(item, path + "[key]"), walk.Visit(arguments[1], path + "[]"), dictionary);
    }

    /// <summary>How a collection is made; null for what is none.</summary>
    public static CollectionContract? Contract(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol)
            return KnownCollections.Array;
        var name = type.DefinitionName();
        return KnownCollections.Lists.TryGetValue(name, out var contract) || KnownCollections.Sets.TryGetValue(name, out contract) || KnownCollections.Dictionaries.TryGetValue(name, out contract)
            ? contract
            : null;
    }

    /// <summary>True for what items can be added to.</summary>
    public static bool IsFillable(ITypeSymbol type) => Contract(type) is { IsFillable: true };

    public static bool IsKnown(ITypeSymbol type) => Contract(type) is not null;
}
