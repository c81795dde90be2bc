namespace Durable.Payloads.Shapes;

/// <summary>The call that makes the contract of a collection.</summary>
/// <param name="Factory">The method of the metadata services, with the collection's type first.</param>
/// <param name="Kind">How an instance comes to be.</param>
internal sealed record CollectionContract(string Factory, CollectionKind Kind)
{
    /// <summary>For <see cref="CollectionKind.FromItems"/>, the expression that makes an instance of <c>items</c>; <c>{items}</c> in it stands for the type arguments.</summary>
    public string Creation { get; init; } = "";

    /// <summary>True for what items can be added to.</summary>
    public bool IsFillable { get; init; }

    /// <summary>True for a dictionary whose order is part of its value.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>True for what may have its items only once.</summary>
    public bool IsReadOnce { get; init; }

    /// <summary>True for a struct whose default has no items to enumerate.</summary>
    public bool HasDefaultWithoutItems { get; init; }

    /// <summary>False for what says only whether it is empty.</summary>
    public bool HasCount { get; init; } = true;

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
            CollectionKind.FromItems => $"{Factory}<{type}, {items}>(options, {values}(), static items => {Creation.Replace("{items}", items)})",
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

    /// <summary>From all its items, by the expression that the contract names.</summary>
    FromItems,
}
