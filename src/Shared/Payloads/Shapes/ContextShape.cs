using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A type that a context of the user's names: its contract is the context's, its canonical form is its JSON.</summary>
/// <param name="Context">The context's name.</param>
/// <param name="HasOptions">True when the context has options of its own.</param>
/// <param name="HoldsSensitiveMembers">True when values reach sensitive members.</param>
/// <param name="IsMaskedWhole">True when it takes converters of the user's to find these.</param>
internal sealed record ContextShape(string Context, bool HasOptions, bool HoldsSensitiveMembers = false, bool IsMaskedWhole = false) : PayloadShape
{
    public override bool HoldsSensitive => HoldsSensitiveMembers;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
    {
        var contract = $"{Metadata.Runtime}PayloadContext.{(HasOptions ? "ContractWithOptions" : "Contract")}<{type.Name}>({Context}.Default, options)";
        code.Line($"private static {Metadata.TypeInfo(type.Name)} Contract_{type.Id}({Metadata.Options} options)");
        code.Line(IsMaskedWhole ? $"    => {Metadata.Runtime}PayloadContext.Sensitive({contract}, options);" : $"    => {contract};");
    }

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
        => code.Line($"writer.Json(value, DurableJson.TypeInfo<{type.Name}>());");
}
