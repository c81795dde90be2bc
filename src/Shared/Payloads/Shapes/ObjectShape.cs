using Durable.Code;
using Durable.Collections;

namespace Durable.Payloads.Shapes;

/// <summary>A record, class or struct: stored as an object by member name.</summary>
/// <param name="Constructor">What makes an instance.</param>
/// <param name="Members">The stored members, in the order in which they are written.</param>
internal sealed record ObjectShape(ObjectConstructor Constructor, EquatableArray<ObjectMember> Members) : PayloadShape
{
    /// <summary>The types that may stand for it; null for none.</summary>
    public Polymorphism? Polymorphism { get; init; }

    /// <summary>The number of the type's <c>JsonNumberHandling</c>; null without one.</summary>
    public int? NumberHandling { get; init; }

    /// <summary>The number of the type's <c>JsonUnmappedMemberHandling</c>; null without one.</summary>
    public int? UnmappedMemberHandling { get; init; }

    /// <summary>True for a class that others may derive from, whose members would not be stored.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True for a type that is called before or after it is written.</summary>
    public bool HasCallbacks { get; init; }

    public override bool HoldsSensitive => Members.Any(member => member.IsSensitive);

    public override bool CanBeReadTwice => Members.All(member => member.Converter is null || LibraryConverter.Is(member.Converter));

    public override void WriteContract(CodeWriter code, PayloadTypeModel type) => ObjectContract.Write(code, type, this);

    public override bool HasWriter(PayloadTypeModel type, DirectCalls calls) => ObjectWriter.CanWrite(this, calls);

    public override void WriteWriter(CodeWriter code, PayloadTypeModel type, DirectCalls calls) => ObjectWriter.Write(code, type, this, calls);

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls) => ObjectFingerprint.Write(code, type, this, calls);
}
