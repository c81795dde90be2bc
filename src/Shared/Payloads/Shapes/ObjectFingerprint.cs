using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>Writes the canonical form of an object type: members in ordinal order of their stored names, those with their declared default left out.</summary>
internal static class ObjectFingerprint
{
    public static void Write(CodeWriter code, PayloadTypeModel type, ObjectShape shape, FingerprintCalls calls)
    {
        PayloadShape.WriteNullCheck(code, type);
        if (shape.Polymorphism is { } polymorphism)
            polymorphism.WriteFingerprint(code, type, calls, () => WriteObject(code, type, shape, calls));
        else
            WriteDeclared(code, type, shape, calls);
    }

    // What a derived class adds would not be seen, as it would not be stored.
    private static void WriteDeclared(CodeWriter code, PayloadTypeModel type, ObjectShape shape, FingerprintCalls calls)
    {
        if (shape.IsOpen)
        {
            code.Line($"if (value.GetType() != typeof({type.Name}))");
            code.Line($"    writer.Undeclared(value.GetType(), typeof({type.Name}));");
        }

        WriteObject(code, type, shape, calls);
    }

    private static void WriteObject(CodeWriter code, PayloadTypeModel type, ObjectShape shape, FingerprintCalls calls)
    {
        code.Line("writer.BeginObject();");
        var members = shape.Members
            .Select((member, index) => (Member: member, Index: index))
            .Where(item => item.Member.IsFingerprinted)
            .OrderBy(item => item.Member.StoredName, StringComparer.Ordinal);
        foreach (var (member, index) in members)
        {
            if (member.Default is { } value)
                code.Block($"if ({IsNotDefault(member, value, calls)})", () => WriteMember(code, type, member, index, calls));
            else
                WriteMember(code, type, member, index, calls);
        }

        code.Line("writer.EndObject();");
    }

    private static string IsNotDefault(ObjectMember member, MemberDefault value, FingerprintCalls calls)
    {
        var equals = $"{value.Before}{member.Of("value")}{value.After}";
        return value.Inexact is { } other && member.Converter is null
            ? $"!({equals} && writer.AreSame<{member.Type}>({member.Of("value")}, {other}, {calls.Writer(member.Type)}))"
            : "!" + equals;
    }

    private static void WriteMember(CodeWriter code, PayloadTypeModel type, ObjectMember member, int index, FingerprintCalls calls)
    {
        code.Line($"writer.Member({CodeText.Literal(member.StoredName)});");
        if (member.Converter is null)
            calls.Write(code, member.Type, member.Of("value"));
        else
            code.Line($"writer.Json({member.Of("value")}, DurableJson.{ObjectContract.ConvertedName(type, index)}(DurableJson.Options));");
    }
}
