using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A stored member of an object type.</summary>
internal sealed record ObjectMember
{
    /// <summary>The declared name, unescaped.</summary>
    public required string Name { get; init; }

    /// <summary>The name in JSON and in the fingerprint.</summary>
    public required string StoredName { get; init; }

    /// <summary>The name of the member's type.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the type inside, for a nullable value.</summary>
    public string? NullableOf { get; init; }

    /// <summary>The name of the type that declares the member.</summary>
    public required string DeclaringType { get; init; }

    public bool IsField { get; init; }

    /// <summary>True for a member that is not stored and stands here because the constructor takes it.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>How it is set after construction.</summary>
    public MemberSet Set { get; init; }

    /// <summary>The accessor, if it is set through one.</summary>
    public AccessorTarget? Accessor { get; init; }

    /// <summary>True when reading fails without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The number of its <c>JsonIgnoreCondition</c>; null without one.</summary>
    public int? IgnoreCondition { get; init; }

    /// <summary>The number of its <c>JsonNumberHandling</c>; null without one.</summary>
    public int? NumberHandling { get; init; }

    /// <summary>Its place among the members; 0 for the declared one.</summary>
    public int Order { get; init; }

    /// <summary>The expression of its own converter; null without one.</summary>
    public string? Converter { get; init; }

    /// <summary>False when the fingerprint leaves it out.</summary>
    public bool IsFingerprinted { get; init; } = true;

    /// <summary>True when it is masked where payloads are shown.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Its declared default, at which the fingerprint leaves it out; null to write it always. Null itself the fingerprint's writer leaves out.</summary>
    public MemberDefault? Default { get; init; }

    /// <summary>True when another member of the type stands before it under its name, so that only its declaring type finds it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The member of an object, as code writes it.</summary>
    /// <param name="target">The expression of the object.</param>
    public string Of(string target) => $"{(IsHidden ? $"(({DeclaringType}){target})" : target)}.{CodeText.Identifier(Name)}";
}

/// <summary>The condition under which a member has its declared default: what stands before and after the member.</summary>
/// <param name="Before">What stands before it.</param>
/// <param name="After">What stands after it.</param>
/// <param name="Inexact">The declared default, where equal values may differ in what is stored, as zero and the negative zero; null where they cannot.</param>
internal sealed record MemberDefault(string Before, string After, string? Inexact = null);

/// <summary>How a member is set after construction.</summary>
internal enum MemberSet
{
    /// <summary>Not at all: the constructor does, or nothing.</summary>
    None,

    /// <summary>By assignment.</summary>
    Assign,

    /// <summary>By an unsafe accessor, so that an init-only member that is absent keeps its initializer.</summary>
    Accessor,

    /// <summary>By filling the empty collection that it starts with.</summary>
    Populate,
}
