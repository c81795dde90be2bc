using Durable.Collections;

namespace Durable.Payloads.Shapes;

/// <summary>What makes an instance of an object type.</summary>
/// <param name="Call">How it is called.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Accessor">The accessor, if it is called through one.</param>
internal sealed record ObjectConstructor(ConstructorCall Call, EquatableArray<ObjectParameter> Parameters, AccessorTarget? Accessor = null)
{
    /// <summary>The parameters that take what is stored, in order.</summary>
    public IReadOnlyList<ObjectParameter> Stored => [.. Parameters.Where(parameter => parameter.Given is null)];
}

/// <summary>How an instance is made.</summary>
internal enum ConstructorCall
{
    /// <summary>By <c>new</c>.</summary>
    New,

    /// <summary>As the default of a struct.</summary>
    Default,

    /// <summary>By an unsafe accessor: generated code may not call the constructor, or would have to set required members.</summary>
    Accessor,
}

/// <summary>A constructor's parameter.</summary>
/// <param name="Name">The name, unescaped.</param>
/// <param name="Type">The type's name.</param>
/// <param name="OpenType">The type's name in terms of the declaring type's own parameters.</param>
/// <param name="DefaultText">The value of a missing argument; null when one is required.</param>
/// <param name="IsIn">True for an <c>in</c> parameter, which an accessor has to repeat.</param>
/// <param name="Given">The expression of what it is given besides what is stored; null for one that takes a stored member.</param>
internal sealed record ObjectParameter(string Name, string Type, string OpenType, string? DefaultText, bool IsIn = false, string? Given = null);
