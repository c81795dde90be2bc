namespace Durable.Payloads.Shapes;

/// <summary>The call that makes the contract of a collection.</summary>
/// <param name="Factory">The method: of the metadata services, with the collection's type first, or a converter's type if <paramref name="Kind"/> says so.</param>
/// <param name="Kind">How an instance comes to be.</param>
internal sealed record CollectionContract(string Factory, CollectionKind Kind)
{
    /// <summary>True for a struct whose default has no items to enumerate.</summary>
    public bool HasDefaultWithoutItems { get; init; }

    /// <summary>The call.</summary>
    /// <param name="type">The collection's type.</param>
    /// <param name="items">The type arguments: the item, or key and value.</param>
    public string Call(string type, string items)
    {
        var values = $"new {Metadata.Namespace}JsonCollectionInfoValues<{type}>";
        return Kind switch
        {
            CollectionKind.Array => $"{Factory}<{items}>(options, {values}())",
            CollectionKind.Created => $"{Factory}<{type}, {items}>(options, {values} {{ ObjectCreator = static () => new {type}() }})",
            CollectionKind.FromRange => $"CreateImmutableEnumerableInfo<{type}, {items}>(options, {values}(), {Factory}<{items}>)",
            CollectionKind.Converted => $"CreateValueInfo<{type}>(options, new {Factory}<{items}>())",
            _ => $"{Factory}<{type}, {items}>(options, {values}())",
        };
    }
}

/// <summary>How an instance of a collection comes to be.</summary>
internal enum CollectionKind
{
    /// <summary>As the library chooses for an interface.</summary>
    Interface,

    /// <summary>An array.</summary>
    Array,

    /// <summary>With <c>new()</c>, and filled.</summary>
    Created,

    /// <summary>From its items, by the method that the contract names.</summary>
    FromRange,

    /// <summary>By the converter that the contract names.</summary>
    Converted,
}
