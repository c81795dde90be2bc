using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A nullable value.</summary>
/// <param name="Underlying">The name of the value's type.</param>
internal sealed record NullableShape(string Underlying) : PayloadShape
{
    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Metadata.Services}.GetNullableConverter<{Underlying}>(options))");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, "!value.HasValue");
        calls.Write(code, Underlying, "value.GetValueOrDefault()");
    }
}
