using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>An array, list or other sequence, whose order counts.</summary>
/// <param name="Item">The name of the items' type.</param>
/// <param name="Contract">What makes the contract.</param>
internal sealed record ListShape(string Item, CollectionContract Contract) : PayloadShape
{
    public override bool CanBeReadTwice => !Contract.IsReadOnce;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, Contract.Call(type.Name, Item));

    public override string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls)
        => calls.Function(Item) is { } write ? $"{Metadata.Runtime}DirectWriter.List<{Item}>(writer, {value}, {write});" : null;

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, type);
        if (Contract.HasDefaultWithoutItems)
            WriteNullCheck(code, "value.IsDefault");
        code.Line("writer.BeginList();");
        code.Block("foreach (var item in value)", () => calls.Write(code, Item, "item"));
        code.Line("writer.EndList();");
    }
}
