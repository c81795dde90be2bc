using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>Writes the direct way of an object type: its members one by one, as its contract would.</summary>
internal static class ObjectWriter
{
    private const int WhenWritingDefault = 2;
    private const int WhenWritingNull = 3;

    /// <summary>True when the contract says nothing that the direct way does not know.</summary>
    public static bool CanWrite(ObjectShape shape, DirectCalls calls)
        => shape is { Polymorphism: null, NumberHandling: null, HasCallbacks: false }
            && shape.Members.All(member => member.IsIgnored || member is { Converter: null, NumberHandling: null } && (member.IgnoreCondition is null || Condition(member, calls) is not null));

    public static void Write(CodeWriter code, PayloadTypeModel type, ObjectShape shape, DirectCalls calls)
        => code.Block($"internal static void Json_{type.Id}(global::System.Text.Json.Utf8JsonWriter writer, {type.NullableName} value)", () =>
        {
            if (type.IsReferenceType)
                code.Line("if (value is null) { writer.WriteNullValue(); return; }");
            if (shape.IsOpen)
                code.Line($"if (value.GetType() != typeof({type.Name})) {Metadata.Runtime}DirectWriter.Refuse();");
            code.Line("writer.WriteStartObject();");
            foreach (var member in shape.Members.Where(member => !member.IsIgnored).OrderBy(member => member.Order))
            {
                var statements = calls.Member(member.StoredName, member.Type, member.Of("value"));
                code.Line(member.IgnoreCondition is null ? statements : $"if ({Condition(member, calls)}) {{ {statements} }}");
            }

            code.Line("writer.WriteEndObject();");
        });

    /// <summary>The condition under which a member is written; null if it is the contract's business.</summary>
    private static string? Condition(ObjectMember member, DirectCalls calls)
    {
        var canBeNull = member.NullableOf is not null || calls.Find(member.Type) is { IsReferenceType: true };
        return member.IgnoreCondition switch
        {
            WhenWritingNull or WhenWritingDefault when canBeNull => $"{member.Of("value")} is not null",
            WhenWritingDefault => $"!global::System.Collections.Generic.EqualityComparer<{member.Type}>.Default.Equals({member.Of("value")}, default)",
            _ => null,
        };
    }
}
