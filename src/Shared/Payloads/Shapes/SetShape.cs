using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A set: stored as an array, its order does not count.</summary>
/// <param name="Item">The name of the items' type.</param>
/// <param name="Contract">What makes the contract.</param>
internal sealed record SetShape(string Item, CollectionContract Contract) : PayloadShape
{
    public override bool CanBeReadTwice => true;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, Contract.Call(type.Name, Item));

    public override string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls)
        => calls.Function(Item) is { } write ? $"{Metadata.Runtime}DirectWriter.List<{Item}>(writer, {value}, {write});" : null;

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, type);
        code.Line("writer.BeginUnordered();");
        code.Block("foreach (var item in value)", () =>
        {
            code.Line("writer.Item();");
            calls.Write(code, Item, "item");
        });
        code.Line("writer.EndUnordered();");
    }
}
