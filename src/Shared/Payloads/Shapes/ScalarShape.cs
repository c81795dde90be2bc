using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A value of the library that JSON holds as one token.</summary>
/// <param name="Converter">The expression of the converter.</param>
/// <param name="Fingerprint">The statement that writes the canonical form of <c>value</c>.</param>
/// <param name="Token">What the JSON writer's own method for it writes (<c>String</c>, <c>Number</c>, <c>Boolean</c>); null if it has none.</param>
internal sealed record ScalarShape(string Converter, string Fingerprint, string? Token) : PayloadShape
{
    public override bool CanBeReadTwice => true;

    public override string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls)
        => Token is not null ? $"writer.Write{Token}Value({value});"
            : LibraryConverter.IsShared(Converter) ? $"{Metadata.Runtime}DirectWriter.Converted(writer, {value}, {Converter});"
            : null;

    public override string? WriteMember(string name, string value, PayloadTypeModel type, DirectCalls calls)
        => Token is not null ? $"writer.Write{Token}({name}, {value});" : base.WriteMember(name, value, type, calls);

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Converter})");

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls) => code.Lines(Fingerprint);
}
