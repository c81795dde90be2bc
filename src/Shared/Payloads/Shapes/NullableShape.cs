using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A nullable value.</summary>
/// <param name="Underlying">The name of the value's type.</param>
internal sealed record NullableShape(string Underlying) : PayloadShape
{
    public override bool CanBeReadTwice => true;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Metadata.Services}.GetNullableConverter<{Underlying}>(options))");

    public override string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls)
        => calls.Find(Underlying) is { } underlying && underlying.Shape.WriteValue(value + ".GetValueOrDefault()", underlying, calls) is { } statements
            ? $"if ({value}.HasValue) {{ {statements} }} else writer.WriteNullValue();"
            : null;

    public override string? WriteMember(string name, string value, PayloadTypeModel type, DirectCalls calls)
        => calls.Find(Underlying) is { } underlying && underlying.Shape.WriteMember(name, value + ".GetValueOrDefault()", underlying, calls) is { } statements
            ? $"if ({value}.HasValue) {statements} else writer.WriteNull({name});"
            : null;

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, "!value.HasValue");
        calls.Write(code, Underlying, "value.GetValueOrDefault()");
    }
}
