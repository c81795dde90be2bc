using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>The types that hold JSON themselves.</summary>
internal static class JsonTypes
{
    private static readonly Dictionary<string, string> s_converters = new()
    {
        ["System.Text.Json.JsonElement"] = "JsonElementConverter",
        ["System.Text.Json.JsonDocument"] = "JsonDocumentConverter",
        ["System.Text.Json.Nodes.JsonNode"] = "JsonNodeConverter",
        ["System.Text.Json.Nodes.JsonObject"] = "JsonObjectConverter",
        ["System.Text.Json.Nodes.JsonArray"] = "JsonArrayConverter",
        ["System.Text.Json.Nodes.JsonValue"] = "JsonValueConverter",
    };

    public static PayloadShape? Read(ITypeSymbol type) => s_converters.TryGetValue(type.DefinitionName(), out var converter) ? new OpaqueShape(Expression(type, converter)) : null;

    public static bool IsKnown(ITypeSymbol type) => s_converters.ContainsKey(type.DefinitionName());

    // What was parsed holds text as JSON has it; a node may hold any.
    private static string Expression(ITypeSymbol type, string converter)
        => type.ContainingNamespace.Name == "Nodes" ? $"new {Metadata.Runtime}StrictNodeConverter<{type.FullName()}>({Metadata.Services}.{converter})" : $"{Metadata.Services}.{converter}";
}
