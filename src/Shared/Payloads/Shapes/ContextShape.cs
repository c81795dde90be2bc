using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A type that a context of the user's names: its contract is the context's, its canonical form is its JSON.</summary>
/// <param name="Context">The context's name.</param>
/// <param name="HasOptions">True when the context has options of its own.</param>
internal sealed record ContextShape(string Context, bool HasOptions) : PayloadShape
{
    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
    {
        code.Line($"private static {Metadata.TypeInfo(type.Name)} Contract_{type.Id}({Metadata.Options} options)");
        code.Line($"    => {Metadata.Runtime}PayloadContext.{(HasOptions ? "ContractWithOptions" : "Contract")}<{type.Name}>({Context}.Default, options);");
    }

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
        => code.Line($"writer.Json(value, DurableJson.TypeInfo<{type.Name}>());");
}
