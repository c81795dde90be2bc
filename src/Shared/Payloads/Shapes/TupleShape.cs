using Durable.Code;
using Durable.Collections;

namespace Durable.Payloads.Shapes;

/// <summary>A tuple: stored as an array of its items. The library would write an empty object; the items' names exist for the compiler only.</summary>
/// <param name="Items">All items, in order.</param>
/// <param name="Creation">The expression that makes it of <c>items</c>.</param>
internal sealed record TupleShape(EquatableArray<TupleItem> Items, string Creation) : PayloadShape
{
    public override bool CanBeReadTwice => true;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
    {
        code.Line($"private static {Metadata.TypeInfo(type.Name)} Contract_{type.Id}({Metadata.Options} options)");
        code.Line($"    => {Metadata.Services}.CreateValueInfo<{type.Name}>(options, new {Metadata.Runtime}TupleConverter<{type.Name}>({Items.Count},");
        code.Line($"        static (ref global::System.Text.Json.Utf8JsonReader reader, {Metadata.Runtime}TupleReader items) => {Creation},");
        code.Line($"        static (items, value) => items{string.Concat(Items.Select(item => $".Add({item.Access})"))}));");
    }

    public override bool HasWriter(PayloadTypeModel type, DirectCalls calls) => true;

    public override void WriteWriter(CodeWriter code, PayloadTypeModel type, DirectCalls calls)
        => code.Block($"internal static void Json_{type.Id}(global::System.Text.Json.Utf8JsonWriter writer, {type.NullableName} value)", () =>
        {
            if (type.IsReferenceType)
                code.Line("if (value is null) { writer.WriteNullValue(); return; }");
            code.Line("writer.WriteStartArray();");
            foreach (var item in Items)
                code.Line(calls.Value(item.Type, item.Access));
            code.Line("writer.WriteEndArray();");
        });

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
    {
        WriteNullCheck(code, type);
        code.Line("writer.BeginList();");
        foreach (var item in Items)
            calls.Write(code, item.Type, item.Access);
        code.Line("writer.EndList();");
    }
}

/// <summary>An item of a tuple.</summary>
/// <param name="Type">The name of its type.</param>
/// <param name="Access">The expression that reads it from <c>value</c>.</param>
internal sealed record TupleItem(string Type, string Access);
