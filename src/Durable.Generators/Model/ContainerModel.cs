using Durable.Collections;

namespace Durable.Generators.Model;

/// <summary>The type that holds declarations.</summary>
/// <param name="Namespace">Its namespace, keywords escaped; empty for the global one.</param>
/// <param name="Types">The type and those around it, outermost first.</param>
/// <param name="FullName">Its name from <c>global::</c> on, with its own type parameters.</param>
/// <param name="IsService">True when an instance comes from dependency injection and the class can be registered as it is.</param>
/// <param name="OpenName">Its name without arguments for type parameters, such as <c>global::Acme.Shared&lt;&gt;</c>; null when the first type of that kind around it cannot name it.</param>
/// <param name="GeneratedNamespace">The namespace of what is generated once for the assembly.</param>
internal sealed record ContainerModel(
    string Namespace, EquatableArray<TypePart> Types, string FullName, bool IsService, string? OpenName, string GeneratedNamespace)
{
    /// <summary>True when it, or a type around it, has type parameters.</summary>
    public bool IsGeneric => Types.Any(type => type.IsGeneric);
}

/// <summary>One partial type, as the generated part declares it again.</summary>
/// <param name="Keyword">Such as <c>class</c> or <c>record</c>.</param>
/// <param name="Name">The name, escaped, with type parameters.</param>
/// <param name="IsGeneric">True when it has type parameters of its own.</param>
/// <param name="HintName">The name as a file's name spells it.</param>
internal sealed record TypePart(string Keyword, string Name, bool IsGeneric, string HintName) : IComparable<TypePart>
{
    public int CompareTo(TypePart? other) => string.CompareOrdinal(Name, other?.Name);
}
