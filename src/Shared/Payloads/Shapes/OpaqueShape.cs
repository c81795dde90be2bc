using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A type with its user's converter: its canonical form is its JSON.</summary>
/// <param name="Converter">The expression of the converter.</param>
/// <param name="IsSensitive">True when it has sensitive members, which only the converter knows to tell apart.</param>
internal sealed record OpaqueShape(string Converter, bool IsSensitive = false) : PayloadShape
{
    public override bool HoldsSensitive => IsSensitive;

    public override bool CanBeReadTwice => LibraryConverter.Is(Converter);

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Metadata.Runtime}PayloadConverter.{(IsSensitive ? "ForSensitive" : "For")}<{type.Name}>({Converter}, options))");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
        => code.Line($"writer.Json(value, DurableJson.TypeInfo<{type.Name}>());");
}
