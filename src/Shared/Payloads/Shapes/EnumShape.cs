using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>An enum, stored as its number.</summary>
/// <param name="IsUnsignedLong">True when its numbers may exceed <c>long</c>.</param>
internal sealed record EnumShape(bool IsUnsignedLong) : PayloadShape
{
    private string Number => IsUnsignedLong ? "ulong" : "long";

    public override bool CanBeReadTwice => true;

    public override void WriteContract(CodeWriter code, PayloadTypeModel type)
        => WriteContract(code, type, $"CreateValueInfo<{type.Name}>(options, {Metadata.Services}.GetEnumConverter<{type.Name}>(options))");

    public override string? WriteValue(string value, PayloadTypeModel type, DirectCalls calls) => $"writer.WriteNumberValue(({Number}){value});";

    public override string? WriteMember(string name, string value, PayloadTypeModel type, DirectCalls calls) => $"writer.WriteNumber({name}, ({Number}){value});";

    public override void WriteFingerprint(CodeWriter code, PayloadTypeModel type, FingerprintCalls calls)
        => code.Line($"writer.Integer(({Number})value);");
}
