namespace Durable.Payloads;

/// <summary>Something that cannot be stored, or not faithfully.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Path">Where, from the root: <c>Order.Lines[].Tag</c>; <c>[]</c> is an item or a dictionary's value, <c>[key]</c> its key.</param>
/// <param name="TypeName">The type there, as its declaration writes it.</param>
/// <param name="Reason">Why, as the end of a sentence that starts with the type.</param>
internal sealed record PayloadProblem(PayloadProblemKind Kind, string Path, string TypeName, string Reason);

/// <summary>What can be wrong with a payload type.</summary>
internal enum PayloadProblemKind
{
    /// <summary>It has no stored form.</summary>
    Unsupported,

    /// <summary>Generated code of this assembly cannot name it.</summary>
    Inaccessible,

    /// <summary>It is stored, but a part of its state is not.</summary>
    Lossy,

    /// <summary>It does not exist. The compiler says so itself.</summary>
    Unresolved,
}
