using System.Text.Json;
using System.Text.Json.Serialization;
using Durable;

public static partial class Store
{
    [Workflow] public static partial Task<Everything> KeepAsync(Everything all);
    private static Task<Everything> KeepAsyncCore(Everything all) => FillAsync(all, Color.Blue);

    [Step] internal static partial Task<Everything> FillAsync(Everything all, Color? color);
    private static Everything FillAsyncCore(Everything all, Color? color) => all;
}

public sealed record Everything(string Name, int? Count, Point At = default)
{
    public required decimal Amount { get; init; }
    [JsonIgnore] public int Double => (Count ?? 0) * 2;
    [JsonPropertyName("ü\"x"), JsonPropertyOrder(-1)] public string? Note { get; init; } = "none";
    [JsonConverter(typeof(UpperConverter))] public string Upper { get; set; } = "";
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IList<Everything>? Children { get; init; } = null;
}

[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString), JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public readonly record struct Point(int X, int Y = 3);

public sealed class UpperConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUpperInvariant());
}

[JsonConverter(typeof(JsonStringEnumConverter))] public enum Color { Red, Green = 5, Blue }
