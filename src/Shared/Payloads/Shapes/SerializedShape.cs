using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A type with a serializer of the user's: a text with its bytes in base64; its canonical form is the bytes.</summary>
/// <param name="Serializer">The serializer's name.</param>
/// <param name="IsSensitive">True when the type has sensitive members, which only the serializer knows to tell apart.</param>
internal sealed record SerializedShape(string Serializer, bool IsSensitive) : PayloadShape
{
    public override bool HoldsSensitive => IsSensitive;

    private string Instance => $"{Metadata.Runtime}PayloadSerializers.Of(static () => new {Serializer}())";

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Metadata.Runtime}PayloadSerializers.{(IsSensitive ? "SensitiveConverter" : "Converter")}<{type.Name}>({Instance}{(IsSensitive ? ", options" : "")}))");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls) => code.Line($"writer.Serialized<{type.Name}>(value, {Instance});");
}
