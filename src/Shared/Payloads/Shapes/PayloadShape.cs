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
