using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>How a type is stored: writes its JSON contract and its canonical form. One file a shape; data and text only.</summary>
internal abstract record PayloadShape
{
    /// <summary>True when a value has members, or is one as a whole, that are masked where payloads are shown.</summary>
    public virtual bool HoldsSensitive => false;

    /// <summary>Writes the members of <c>DurableJson</c> that make the contract. The first is <c>Contract_&lt;id&gt;(options)</c>.</summary>
    /// <param name="code">Takes the code.</param>
    /// <param name="type">The type of this shape.</param>
    public abstract void WriteContract(CodeWriter code, PayloadTypeModel type);

    /// <summary>Writes the body of <c>DurableFingerprints.Write_&lt;id&gt;(writer, value)</c>.</summary>
    /// <param name="code">Takes the code.</param>
    /// <param name="type">The type of this shape.</param>
    /// <param name="calls">Writes the parts of the value.</param>
    public abstract void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls);

    /// <summary>True when writing a value once more gives the same. Code of the user's that reads it, and a sequence, may give it only once.</summary>
    public virtual bool CanBeReadTwice => false;

    /// <summary>The statements that write a value of the type by <c>writer</c>, the direct way; null for a type that has none.</summary>
    /// <param name="value">The expression; it may be evaluated more than once.</param>
    /// <param name="type">The type of this shape.</param>
    /// <param name="calls">Writes the parts of the value.</param>
    public virtual string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls) => HasWriter(type, calls) ? $"{calls.Method(type)}(writer, {value});" : null;

    /// <summary>The statements that write a member of the type, where that is shorter than its name and its value; null where it is not.</summary>
    /// <param name="name">The expression of its name.</param>
    /// <param name="value">The expression; it may be evaluated more than once.</param>
    /// <param name="type">The type of this shape.</param>
    /// <param name="calls">Writes the parts of the value.</param>
    public virtual string? WriteMember(string name, string value, PayloadTypeModel type, DirectCalls calls) => null;

    /// <summary>True for a type whose direct way is a method of its own, <c>DurableJson.Json_&lt;id&gt;(writer, value)</c>.</summary>
    /// <param name="type">The type of this shape.</param>
    /// <param name="calls">Knows the parts of the value.</param>
    public virtual bool HasWriter(PayloadTypeModel type, DirectCalls calls) => false;

    /// <summary>Writes that method.</summary>
    /// <param name="code">Takes the code.</param>
    /// <param name="type">The type of this shape.</param>
    /// <param name="calls">Writes the parts of the value.</param>
    public virtual void WriteWriter(CodeWriter code, PayloadTypeModel type, DirectCalls calls) => throw new InvalidOperationException("The shape has no writer.");

    /// <summary>Writes a contract that is a single call.</summary>
    protected static void WriteContract(CodeWriter code, PayloadTypeModel type, string call)
    {
        code.Line($"private static {Metadata.TypeInfo(type.Name)} Contract_{type.Id}({Metadata.Options} options)");
        code.Line($"    => {Metadata.Services}.{call};");
    }

    /// <summary>Writes the line that ends a fingerprint at null.</summary>
    internal static void WriteNullCheck(CodeWriter code, PayloadTypeModel type)
    {
        if (type.IsReferenceType)
            WriteNullCheck(code, "value is null");
    }

    /// <summary>Writes the line that ends a fingerprint at what counts as null.</summary>
    protected static void WriteNullCheck(CodeWriter code, string condition) => code.Block($"if ({condition})", () =>
    {
        code.Line("writer.Null();");
        code.Line("return;");
    });
}
