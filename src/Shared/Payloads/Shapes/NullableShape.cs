using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A nullable value.</summary>
/// <param name="Underlying">The name of the value's type.</param>
internal sealed record NullableShape(string Underlying) : PayloadShape
{
    public override void WriteContract(CodeWriter code, PayloadTypeModel type, string id)
        => WriteContract(code, type, id, $"CreateValueInfo<{type.Name}>(options, {Metadata.Services}.GetNullableConverter<{Underlying}>(options))");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, string id)
    {
        WriteNullCheck(code, "!value.HasValue");
        code.Line("Write(writer, value.GetValueOrDefault());");
    }
}
