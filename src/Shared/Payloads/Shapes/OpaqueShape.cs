using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A type with its user's converter: its canonical form is its JSON.</summary>
/// <param name="Converter">The expression of the converter.</param>
internal sealed record OpaqueShape(string Converter) : PayloadShape
{
    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Metadata.Runtime}PayloadConverter.For<{type.Name}>({Converter}, options))");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
        => code.Line($"writer.Json(value, DurableJson.TypeInfo<{type.Name}>());");
}
