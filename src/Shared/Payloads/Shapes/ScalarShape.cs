using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A value of the library that JSON holds as one token.</summary>
/// <param name="Converter">The expression of the converter.</param>
/// <param name="Fingerprint">The statement that writes the canonical form of <c>value</c>.</param>
internal sealed record ScalarShape(string Converter, string Fingerprint) : PayloadShape
{
    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Converter})");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls) => code.Lines(Fingerprint);
}
