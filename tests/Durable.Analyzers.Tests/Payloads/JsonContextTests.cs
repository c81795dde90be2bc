using Durable.Analyzers.Payloads;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class JsonContextTests
{
    private const string Members = "public override JsonTypeInfo? GetTypeInfo(Type type) => null; protected override JsonSerializerOptions? GeneratedSerializerOptions => null;";

    [Theory]
    [InlineData("Order", "public class Order;", "is no JsonSerializerContext")]
    [InlineData("string", "", "is no JsonSerializerContext")]
    [InlineData("JsonSerializerContext", "", "is no JsonSerializerContext")]
    [InlineData("Json", "[JsonSerializable(typeof(int))] public abstract partial class Json : JsonSerializerContext { protected Json() : base(null) { } }", "is abstract")]
    [InlineData("Json<>", "[JsonSerializable(typeof(int))] public partial class Json<T>() : JsonSerializerContext(null) { " + Members + " }", "is generic")]
    [InlineData("Outer<int>.Json", "public partial class Outer<T> { [JsonSerializable(typeof(int))] public partial class Json() : JsonSerializerContext(null) { " + Members + " } }", "is generic")]
    [InlineData("Outer.Json", "public partial class Outer { [JsonSerializable(typeof(int))] protected internal partial class Json() : JsonSerializerContext(null) { " + Members + " } [JsonSerializable(typeof(int))] protected internal partial class Own() : JsonSerializerContext(null) { private static Own Default => new(); " + Members + " } }", null)]
    [InlineData("Outer.Own", "public partial class Outer { [JsonSerializable(typeof(int))] protected internal partial class Own() : JsonSerializerContext(null) { private static Own Default => new(); " + Members + " } }", "has no accessible Default")]
    [InlineData("Json", "[JsonSerializable(typeof(int))] public class Json() : JsonSerializerContext(null) { " + Members + " }", "has no accessible Default")]
    [InlineData("Outer.Json", "public class Outer { [JsonSerializable(typeof(int))] public partial class Json() : JsonSerializerContext(null) { " + Members + " } }", "has no accessible Default")]
    [InlineData("Json", "file static class Marker; [JsonSerializable(typeof(int))] file partial class Json() : JsonSerializerContext(null) { " + Members + " }", "cannot be named")]
    [InlineData("Json", "public partial class Json() : JsonSerializerContext(null) { " + Members + " }", "names no types")]
    [InlineData("Json", "[JsonSerializable(typeof(int), GenerationMode = JsonSourceGenerationMode.Serialization)] public partial class Json() : JsonSerializerContext(null) { " + Members + " }", "only writes")]
    [InlineData("Json", "[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization), JsonSerializable(typeof(int))] public partial class Json() : JsonSerializerContext(null) { " + Members + " }", "only writes")]
    [InlineData("Json", "[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization), JsonSerializable(typeof(int), GenerationMode = JsonSourceGenerationMode.Metadata)] public partial class Json() : JsonSerializerContext(null) { " + Members + " }", null)]
    [InlineData("Json", "[JsonSerializable(typeof(int))] public class Json() : JsonSerializerContext(null) { internal static Json Default { get; } = new(); " + Members + " }", null)]
    [InlineData("Json", "[JsonSerializable(typeof(int))] internal sealed partial class Json() : JsonSerializerContext(null) { " + Members + " }", null)]
    public async Task What_is_registered_must_be_a_context_that_generated_code_can_ask(string type, string declaration, string? reason)
    {
        var source = $$"""
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using System.Text.Json.Serialization.Metadata;
            [assembly: System.Reflection.AssemblyTitle("sample"), Durable.DurableJsonContext([|typeof({{type}})|])]
            {{declaration}}
            """;
        if (reason is null)
            await RuleTest.Silent(new JsonContextAnalyzer(), source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        else
            await RuleTest.Reports(new JsonContextAnalyzer(), "DUR5003", source, reason);
    }

    [Fact]
    public Task A_type_that_a_registered_context_names_is_silent() => RuleTest.Silent(new PayloadAnalyzer(), $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;
        [assembly: DurableJsonContext(typeof(Json))]
        [JsonSerializable(typeof(Basket)), JsonSerializable(typeof(ReadOnlyMemory<int>))] internal sealed partial class Json() : JsonSerializerContext(null) { {{Members}} }
        public sealed class Basket : List<Item> { }
        public sealed record Item(Action Done) { public string Note = ""; }
        public sealed partial class Shopping
        {
            [Workflow] public partial Task<ReadOnlyMemory<int>> BuyAsync(Dictionary<string, Basket?[]> baskets);
            private async Task<ReadOnlyMemory<int>> BuyAsyncCore(Dictionary<string, Basket?[]> baskets, WorkflowContext workflow)
            {
                await workflow.StepAsync("buy", _ => Task.FromResult(new[] { new Basket() }));
                return default;
            }
        }
        """);

    [Fact]
    public Task A_context_that_is_not_registered_helps_nobody() => RuleTest.Reports(new PayloadAnalyzer(), "DUR5001", $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;
        [JsonSerializable(typeof(Basket))] internal sealed partial class Json() : JsonSerializerContext(null) { {{Members}} }
        public sealed class Basket : List<int> { }
        public partial class Shopping { [Step] public partial Task BuyAsync(Basket [|basket|]); private void BuyAsyncCore(Basket basket) { } }
        """, "[assembly: DurableJsonContext(typeof(...))]");

    [Theory]
    [InlineData("System.Numerics.BigInteger")]
    [InlineData("Range")]
    [InlineData("Exception")]
    [InlineData("System.Text.StringBuilder")]
    [InlineData("System.Drawing.Color")]
    [InlineData("ArraySegment<int>")]
    [InlineData("System.Collections.BitArray")]
    [InlineData("System.Numerics.BigInteger", "[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]")]
    public Task A_type_of_the_library_that_a_context_would_lose_is_reported(string type, string options = "") => RuleTest.Reports(new PayloadAnalyzer(), "DUR5001", Naming(type, options, "[|value|]"), "converter");

    [Theory]
    [InlineData("Memory<int>")]
    [InlineData("System.Drawing.Rectangle")]
    [InlineData("System.Collections.ArrayList")]
    [InlineData("System.Collections.DictionaryEntry")]
    [InlineData("System.Numerics.Vector3", "[JsonSourceGenerationOptions(IncludeFields = true)]")]
    [InlineData("System.Numerics.BigInteger", "[JsonSourceGenerationOptions(Converters = [typeof(Converter)])]")]
    public Task A_type_of_the_library_that_a_context_brings_back_is_silent(string type, string options = "") => RuleTest.Silent(new PayloadAnalyzer(), Naming(type, options, "value"));

    private static string Naming(string type, string options, string parameter) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;
        [assembly: DurableJsonContext(typeof(Json))]
        {{options}} [JsonSerializable(typeof({{type}}))] internal sealed partial class Json() : JsonSerializerContext(null) { {{Members}} }
        internal sealed class Converter : JsonConverter<{{type}}>
        {
            public override {{type}} Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => default!;
            public override void Write(Utf8JsonWriter writer, {{type}} value, JsonSerializerOptions options) { }
        }
        public partial class Wf { [Step] public partial Task KeepAsync({{type}} {{parameter}}); private void KeepAsyncCore({{type}} value) { } }
        """;
}
