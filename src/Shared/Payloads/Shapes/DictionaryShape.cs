using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>A dictionary: stored as an object, its order does not count, unless the type is about it.</summary>
/// <param name="Key">The name of the keys' type.</param>
/// <param name="Value">The name of the values' type.</param>
/// <param name="Contract">What makes the contract.</param>
internal sealed record DictionaryShape(string Key, string Value, CollectionContract Contract) : PayloadShape
{
    public override bool CanBeReadTwice => true;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, Contract.Call(type.Name, $"{Key}, {Value}"));

    public override string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls)
        => !calls.IsText(Key) || calls.Function(Value) is not { } write ? null
            : calls.IsText(Value) ? $"{Metadata.Runtime}DirectWriter.Texts(writer, {value});"
            : $"{Metadata.Runtime}DirectWriter.Dictionary<{Value}>(writer, {value}, {write});";

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, type);
        code.Line(Contract.IsOrdered ? "writer.BeginList();" : "writer.BeginUnordered();");
        code.Block("foreach (var item in value)", () =>
        {
            if (!Contract.IsOrdered)
                code.Line("writer.Item();");
            calls.Write(code, Key, "item.Key");
            calls.Write(code, Value, "item.Value");
        });
        code.Line(Contract.IsOrdered ? "writer.EndList();" : "writer.EndUnordered();");
    }
}
