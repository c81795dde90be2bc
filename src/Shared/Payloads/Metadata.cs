namespace Durable.Payloads;

/// <summary>The names of the library that emitted code calls.</summary>
internal static class Metadata
{
    public const string Options = "global::System.Text.Json.JsonSerializerOptions";
    public const string Services = "global::System.Text.Json.Serialization.Metadata.JsonMetadataServices";
    public const string Namespace = "global::System.Text.Json.Serialization.Metadata.";
    public const string Serialization = "global::System.Text.Json.Serialization.";
    public const string Runtime = "global::Durable.CompilerServices.";

    public static string TypeInfo(string type) => $"{Namespace}JsonTypeInfo<{type}>";
}
