using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>The values of the library that JSON holds as one token.</summary>
internal static class ScalarTypes
{
    private static readonly Dictionary<string, Scalar> s_known = new()
    {
        ["System.Boolean"] = new(Library("Boolean"), "writer.Boolean(value);", IsImmutable: true, Token: "Boolean"),
        ["System.SByte"] = Integer("SByte"),
        ["System.Byte"] = Integer("Byte"),
        ["System.Int16"] = Integer("Int16"),
        ["System.UInt16"] = Integer("UInt16"),
        ["System.Int32"] = Integer("Int32"),
        ["System.UInt32"] = Integer("UInt32"),
        ["System.Int64"] = Integer("Int64"),
        ["System.UInt64"] = Integer("UInt64"),
        ["System.Int128"] = new(Library("Int128"), "writer.Number(value);", IsImmutable: true),
        ["System.UInt128"] = new(Library("UInt128"), "writer.Number(value);", IsImmutable: true),
        ["System.Half"] = new(Library("Half"), "writer.Number(value);"),
        ["System.Single"] = new(Library("Single"), "writer.Number(value);", Token: "Number"),
        ["System.Double"] = new(Library("Double"), "writer.Double(value);", Token: "Number"),
        ["System.Decimal"] = new(Library("Decimal"), "writer.Decimal(value);", IsImmutable: true, Token: "Number"),
        ["System.String"] = new($"new {Metadata.Runtime}StrictStringConverter()", "writer.Text(value);", IsImmutable: true, Token: "String"),
        ["System.Char"] = new($"new {Metadata.Runtime}StrictCharConverter()", "writer.Text(value.ToString());"),
        ["System.Guid"] = new(Library("Guid"), Text("D"), IsImmutable: true, Token: "String"),
        ["System.DateTime"] = new(Library("DateTime"), "writer.Time(value);", Token: "String"),
        ["System.DateTimeOffset"] = new(Library("DateTimeOffset"), Text("O"), IsImmutable: true, Token: "String"),
        ["System.DateOnly"] = new(Library("DateOnly"), Text("O"), IsImmutable: true),
        ["System.TimeOnly"] = new(Library("TimeOnly"), Text("O"), IsImmutable: true),
        ["System.TimeSpan"] = new(Library("TimeSpan"), Text("c"), IsImmutable: true),
        ["System.Uri"] = new($"new {Metadata.Runtime}StrictUriConverter()", "writer.Text(value?.OriginalString);"),
        ["System.Version"] = new(Library("Version"), "writer.Text(value?.ToString());"),
    };

    private static readonly Scalar s_bytes = new(Library("ByteArray"), "if (value is null)\n    writer.Null();\nelse\n    writer.Bytes(value);");

    private static readonly Dictionary<string, Scalar> s_memory = new()
    {
        ["System.Memory`1"] = new(Library("MemoryByte"), "writer.Bytes(value.Span);"),
        ["System.ReadOnlyMemory`1"] = new(Library("ReadOnlyMemoryByte"), "writer.Bytes(value.Span);"),
    };

    public static PayloadShape? Read(ITypeSymbol type) => Find(type) is { } scalar ? new ScalarShape(scalar.Converter, scalar.Fingerprint, scalar.Token) : null;

    /// <summary>True when a live value cannot differ from its stored form.</summary>
    public static bool IsImmutable(ITypeSymbol type) => type.TypeKind == TypeKind.Enum || Find(type) is { IsImmutable: true };

    /// <summary>True for what can name a member of a JSON object.</summary>
    public static bool IsKey(ITypeSymbol type) => s_known.ContainsKey(type.DefinitionName());

    /// <summary>True for bytes in memory, which are stored as an array of them is.</summary>
    public static bool IsMemory(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } && s_memory.ContainsKey(type.DefinitionName());

    private static Scalar? Find(ITypeSymbol type)
        => type is IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } ? s_bytes
            : IsMemory(type) ? s_memory[type.DefinitionName()]
            : s_known.TryGetValue(type.DefinitionName(), out var scalar) ? scalar : null;

    private static Scalar Integer(string name) => new(Library(name), "writer.Integer(value);", IsImmutable: true, Token: "Number");

    private static string Library(string name) => $"{Metadata.Services}.{name}Converter";

    private static string Text(string format) => $"writer.Text(value.ToString(\"{format}\", global::System.Globalization.CultureInfo.InvariantCulture));";

    private sealed record Scalar(string Converter, string Fingerprint, bool IsImmutable = false, string? Token = null);
}
