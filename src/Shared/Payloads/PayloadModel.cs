using Durable.Collections;

namespace Durable.Payloads;

/// <summary>What the generator knows of a payload: an argument or result type and everything reachable from it. Value-equal, without symbols.</summary>
/// <param name="RootName">The fully qualified name of the type.</param>
/// <param name="IsImmutable">True when a live value cannot differ from its stored form.</param>
/// <param name="Types">The types that can be stored, sorted by name; without the root if that cannot be stored.</param>
/// <param name="Problems">What cannot be stored, or not faithfully, in the order of the members.</param>
internal sealed record PayloadModel(
    string RootName,
    bool IsImmutable,
    EquatableArray<PayloadTypeModel> Types,
    EquatableArray<PayloadProblem> Problems)
{
    /// <summary>What is known of a type that nobody looks into.</summary>
    /// <param name="rootName">The fully qualified name of the type.</param>
    public static PayloadModel None(string rootName) => new(rootName, IsImmutable: false, EquatableArray<PayloadTypeModel>.Empty, EquatableArray<PayloadProblem>.Empty);

    /// <summary>True when the emitted code has a contract for the root.</summary>
    public bool IsStorable => Types.Any(type => type.Name == RootName);

    /// <summary>True when the root can be named only within the type that declares the workflow or step.</summary>
    public bool IsLocal => Types.Any(type => type.IsLocal && type.Name == RootName);

    /// <summary>True when values reach what is masked where payloads are shown.</summary>
    public bool HoldsSensitive => Types.Any(type => type.Shape.HoldsSensitive);

    /// <summary>Each type once, sorted by name.</summary>
    /// <param name="types">The types of several payloads.</param>
    public static IEnumerable<PayloadTypeModel> Distinct(IEnumerable<PayloadTypeModel> types)
        => types.GroupBy(type => type.Name, StringComparer.Ordinal).Select(group => group.First()).OrderBy(type => type.Name, StringComparer.Ordinal);
}
