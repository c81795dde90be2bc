using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>An interface or abstract class: stored as one of its derived types.</summary>
/// <param name="Polymorphism">These.</param>
internal sealed record AbstractShape(Polymorphism Polymorphism) : PayloadShape
{
    public override bool CanBeReadTwice => true;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => code.Block($"private static {Metadata.TypeInfo(type.Name)} Contract_{type.Id}({Metadata.Options} options)", () =>
        {
            code.Line($"var contract = {Metadata.Services}.CreateObjectInfo(options, new {Metadata.Namespace}JsonObjectInfoValues<{type.Name}> {{ PropertyMetadataInitializer = static _ => new {Metadata.Namespace}JsonPropertyInfo[0] }});");
            Polymorphism.WriteOptions(code);
            code.Line("return contract;");
        });

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, type);
        Polymorphism.WriteFingerprint(code, type, calls, writeSelf: null);
    }
}
