using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>The collections that can be stored.</summary>
internal static class CollectionTypes
{
    private static readonly CollectionContract s_array = new("CreateArrayInfo", CollectionKind.Array);

    private static readonly Dictionary<string, CollectionContract> s_lists = new()
    {
        ["System.Collections.Generic.List`1"] = new("CreateListInfo", CollectionKind.Created),
        ["System.Collections.Generic.IList`1"] = new("CreateIListInfo", CollectionKind.Interface),
        ["System.Collections.Generic.ICollection`1"] = new("CreateICollectionInfo", CollectionKind.Interface),
        ["System.Collections.Generic.IEnumerable`1"] = new("CreateIEnumerableInfo", CollectionKind.Interface),
        ["System.Collections.Generic.IReadOnlyList`1"] = new("CreateIEnumerableInfo", CollectionKind.Interface),
        ["System.Collections.Generic.IReadOnlyCollection`1"] = new("CreateIEnumerableInfo", CollectionKind.Interface),
        ["System.Collections.Immutable.ImmutableArray`1"]
            = new("global::System.Collections.Immutable.ImmutableArray.CreateRange", CollectionKind.FromRange) { HasDefaultWithoutItems = true },
        ["System.Collections.Immutable.ImmutableList`1"] = new("global::System.Collections.Immutable.ImmutableList.CreateRange", CollectionKind.FromRange),
    };

    private static readonly Dictionary<string, CollectionContract> s_sets = new()
    {
        ["System.Collections.Generic.HashSet`1"] = new("CreateISetInfo", CollectionKind.Created),
        ["System.Collections.Generic.ISet`1"] = new("CreateISetInfo", CollectionKind.Interface),
        ["System.Collections.Generic.IReadOnlySet`1"] = new(Metadata.Runtime + "ReadOnlySetConverter", CollectionKind.Converted),
    };

    private static readonly Dictionary<string, CollectionContract> s_dictionaries = new()
    {
        ["System.Collections.Generic.Dictionary`2"] = new("CreateDictionaryInfo", CollectionKind.Created),
        ["System.Collections.Generic.IDictionary`2"] = new("CreateIDictionaryInfo", CollectionKind.Interface),
        ["System.Collections.Generic.IReadOnlyDictionary`2"] = new("CreateIReadOnlyDictionaryInfo", CollectionKind.Interface),
    };

    private static readonly HashSet<string> s_fillable =
    [
        "System.Collections.Generic.List`1", "System.Collections.Generic.IList`1", "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.HashSet`1", "System.Collections.Generic.ISet`1",
        "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.IDictionary`2",
    ];

    /// <summary>The shape of a collection, whose items are walked; null for what is none.</summary>
    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
            return new ListShape(walk.Visit(array.ElementType, path + "[]"), s_array);
        if (type is not INamedTypeSymbol { TypeArguments: [var item, ..] arguments })
            return null;
        var name = type.DefinitionName();
        if (s_lists.TryGetValue(name, out var list))
            return new ListShape(walk.Visit(item, path + "[]"), list);
        if (s_sets.TryGetValue(name, out var set))
            return new SetShape(walk.Visit(item, path + "[]"), set);
        if (!s_dictionaries.TryGetValue(name, out var dictionary))
            return null;
        if (!ScalarTypes.IsKey(item))
            walk.Refuse(item, path + "[key]", "cannot be a key: use a string, an integer, a Guid or an enum");
        return new DictionaryShape(walk.Visit(item, path + "[key]"), walk.Visit(arguments[1], path + "[]"), dictionary);
    }

    /// <summary>True for what items can be added to.</summary>
    public static bool IsFillable(ITypeSymbol type) => s_fillable.Contains(type.DefinitionName());

    public static bool IsKnown(ITypeSymbol type)
        => type is IArrayTypeSymbol || s_lists.ContainsKey(type.DefinitionName()) || s_sets.ContainsKey(type.DefinitionName()) || s_dictionaries.ContainsKey(type.DefinitionName());
}
