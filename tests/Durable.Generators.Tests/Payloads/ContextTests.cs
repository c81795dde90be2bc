using System.Text;
using Durable.Generators.Tests.Pipeline;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Types that Durable has no stored form for are stored, replayed and fingerprinted by a registered context of the user's, which System.Text.Json's own generator makes in the same build.</summary>
public sealed class ContextTests
{
    private const string Basket = "public sealed class Basket : List<Item> { } public sealed record Item(string Sku) { public int Count { get; init; } = 3; }";

    private const string Pets = """
        public interface IPet { string Name { get; } }
        public abstract class Pet : IPet { public abstract string Name { get; } }
        public sealed class Dog : Pet { public override string Name => "dog"; }
        public sealed class PetConverter : JsonConverter<IPet>
        {
            public override IPet Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetString() == "dog" ? new Dog() : throw new JsonException();
            public override void Write(Utf8JsonWriter writer, IPet value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
        }
        public sealed class AbstractConverter : JsonConverter<Pet>
        {
            public override Pet Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetString() == "dog" ? new Dog() : throw new JsonException();
            public override void Write(Utf8JsonWriter writer, Pet value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
        }
        """;

    private const string Address = """
        public sealed class AddressConverter : JsonConverter<System.Net.IPAddress>
        {
            public override System.Net.IPAddress Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => System.Net.IPAddress.Parse(reader.GetString()!);
            public override void Write(Utf8JsonWriter writer, System.Net.IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
        }
        """;

    /// <summary>Each kind that is refused with the advice: the type, a value, the text that shows it again, its JSON, options of the context, declarations.</summary>
    public static TheoryData<string, string, string, string, string, string> Rarer => new()
    {
        { "Basket", "new Basket { new(\"a\"), new(\"b\") }", "value[1].Sku + value[0].Count", """[{"Sku":"a","Count":3},{"Sku":"b","Count":3}]""", "", Basket },
        { "ReadOnlyMemory<int>", "new[] { 1, 2 }", "value.Span[1].ToString()", "[1,2]", "", "" },
        { "System.Drawing.Point", "new System.Drawing.Point(1, 2)", "value.Y.ToString()", """{"IsEmpty":false,"X":1,"Y":2}""", "", "" },
        { "Open", "new Open { A = 1, More = new() { [\"b\"] = JsonSerializer.SerializeToElement(2, Numbers.Default.Int32) } }", "$\"{value.A} {value.More![\"b\"].GetInt32()}\"", """{"A":1,"b":2}""", "", "public sealed class Open { public int A { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } } [JsonSerializable(typeof(int))] public sealed partial class Numbers : JsonSerializerContext;" },
        { "IPet", "new Dog()", "value.Name", "\"dog\"", "Converters = [typeof(PetConverter)]", Pets },
        { "Pet", "new Dog()", "value.Name", "\"dog\"", "Converters = [typeof(AbstractConverter)]", Pets },
        { "System.Net.IPAddress", "System.Net.IPAddress.Loopback", "value.ToString()", "\"127.0.0.1\"", "Converters = [typeof(AddressConverter)]", Address },
    };

    [Theory, MemberData(nameof(Rarer))]
    public void A_rarer_type_is_refused_with_the_advice_to_register_a_context(string type, string value, string text, string json, string options, string declarations)
    {
        Assert.NotEqual(value + text, json + options);
        var problem = PayloadSample.Read($"public static class Sample {{ public static {type} Value => throw new Exception(); }} {declarations}")["Value"].Problems.First();
        Assert.Contains(" in a JsonSerializerContext of yours", problem.Reason, StringComparison.Ordinal);
        Assert.EndsWith(" and register that with [assembly: DurableJsonContext(typeof(...))]", problem.Reason, StringComparison.Ordinal);
        if (options.Length > 0)
            Assert.Contains("converter", problem.Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Rarer))]
    public async Task A_rarer_type_that_a_context_names_is_stored_and_replayed_wherever_it_stands(string type, string value, string text, string json, string options, string declarations)
    {
        var generation = Generation.WithContexts($$"""
            [assembly: DurableJsonContext(typeof(Json))]
            public static partial class User
            {
                public sealed record Holder({{type}} One, List<{{type}}> Many, Dictionary<string, {{type}}> Named, (int, {{type}}) Pair);
                private sealed record Hidden({{type}} One);
                [Workflow] public static partial Task<string> RunAsync({{type}} value, Holder holder);
                [Step] private static partial Task<Holder> SendAsync({{type}} value, Holder holder);
                [Step] private static partial Task<Hidden> HideAsync(Hidden hidden);
                private static async Task<string> RunAsyncCore({{type}} value, Holder holder, WorkflowContext workflow)
                {
                    var sent = await SendAsync(value, holder);
                    var hidden = await HideAsync(new Hidden(sent.One));
                    var inline = await workflow.StepAsync("inline", _ => Task.FromResult(new[] { hidden.One }));
                    return string.Join(" ", new[] { value, sent.One, sent.Many[0], sent.Named["k"], sent.Pair.Item2, hidden.One, inline[0] }.Select(Show).Distinct());
                }
                private static Holder SendAsyncCore({{type}} value, Holder holder) => holder with { One = value };
                private static Hidden HideAsyncCore(Hidden hidden) => hidden;
                private static string Show({{type}} value) => {{text}};
                public static {{type}} Make() => {{value}};
                public static WorkflowCall<string> Start() => RunCall(Make(), new Holder(Make(), [Make()], new() { ["k"] = Make() }, (1, Make())));
                public static string Expected() => Show(Make());
            }
            {{(options.Length == 0 ? "" : $"[JsonSourceGenerationOptions({options})]")}}
            [JsonSerializable(typeof({{type}}))] internal sealed partial class Json : JsonSerializerContext;
            {{declarations}}
            """);
        var assembly = generation.Compiles().Load();
        var call = GeneratedHost.Call(assembly, "User", "Start");
        Assert.Equal($$$"""{"value":{{{json}}},"holder":{"One":{{{json}}},"Many":[{{{json}}}],"Named":{"k":{{{json}}}},"Pair":[1,{{{json}}}]}}""", Encoding.UTF8.GetString(call.Input.Span));
        Assert.Equal(((string)assembly.GetType("User")!.GetMethod("Expected")!.Invoke(null, null)!, "/Send /Hide /inline"), await ReplayedRun.OfAsync(generation));
    }

    [Fact]
    public async Task Another_value_of_a_contexts_type_is_another_argument()
    {
        var assembly = Generation.WithContexts($$"""
            [assembly: DurableJsonContext(typeof(Json))]
            public static partial class User
            {
                [Workflow] public static partial Task<int> RunAsync(Basket basket);
                private static int RunAsyncCore(Basket basket) => basket.Count;
                public static WorkflowCall<int> One() => RunCall(new() { new("a") });
                public static WorkflowCall<int> Other() => RunCall(new() { new("b") });
            }
            [JsonSerializable(typeof(Basket))] internal sealed partial class Json : JsonSerializerContext;
            {{Basket}}
            """).Compiles().Load();
        await using var host = await GeneratedHost.StartAsync(assembly);
        var run = await host.Client.StartAsync((WorkflowCall<int>)GeneratedHost.Call(assembly, "User", "One"), "run");
        Assert.Equal(1, await run.GetResultAsync());
        await host.Client.StartAsync((WorkflowCall<int>)GeneratedHost.Call(assembly, "User", "One"), "run");
        await Assert.ThrowsAsync<RunConflictException>(() => host.Client.StartAsync((WorkflowCall<int>)GeneratedHost.Call(assembly, "User", "Other"), "run"));
    }

    [Fact]
    public async Task What_came_back_of_a_member_declared_as_object_is_stored_again()
    {
        var assembly = Generation.WithContexts("""
            [assembly: DurableJsonContext(typeof(Json))]
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync(Open open);
                [Step] private static partial Task<Open> PassAsync(Open open);
                private static async Task<string> RunAsyncCore(Open open) => $"{(await PassAsync(open)).More!["b"]}";
                private static Open PassAsyncCore(Open open) => open;
                public static WorkflowCall<string> Start() => RunCall(new() { More = new() { ["b"] = "text" } });
            }
            public sealed class Open { [JsonExtensionData] public Dictionary<string, object>? More { get; set; } }
            [JsonSerializable(typeof(Open))] internal sealed partial class Json : JsonSerializerContext;
            """).Compiles().Load();
        await using var host = await GeneratedHost.StartAsync(assembly);
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "User", "Start"), "run");
        Assert.Equal("text", await run.GetResultAsync());
    }

    [Theory]
    [InlineData("[Step] private static partial Task TouchAsync(Item item); private static void TouchAsyncCore(Item item) { }", "3 3")]
    [InlineData("", "0 0")]
    public void What_a_contexts_type_reaches_keeps_its_declared_defaults_if_generated_contracts_know_it(string also, string counts)
    {
        var assembly = Generation.WithContexts($$"""
            [assembly: DurableJsonContext(typeof(Json))]
            #pragma warning disable CS0612 // what is generated for us alone
            public static partial class User
            {
                [Workflow] public static partial Task RunAsync(Basket basket);
                private static void RunAsyncCore(Basket basket) { }
                {{also}}
                public static string Read(string json) => string.Join(" ", JsonSerializer.Deserialize(json, Durable.Generated.Sample.DurableJson.TypeInfo<Basket>())!.Select(item => item.Count));
            }
            [JsonSerializable(typeof(Basket))] internal sealed partial class Json : JsonSerializerContext;
            {{Basket}}
            """).Load();
        Assert.Equal(counts, assembly.GetType("User")!.GetMethod("Read")!.Invoke(null, ["""[{"Sku":"a"},{"Sku":"b"}]"""]));
    }

    [Fact]
    public async Task A_context_with_options_stores_its_types_whole_as_it_stores_them_elsewhere()
    {
        var assembly = Generation.WithContexts("""
            [assembly: DurableJsonContext(typeof(Json))]
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync(Basket basket, Item item, Tone? tone, Dictionary<Tone, int> tones);
                private static string RunAsyncCore(Basket basket, Item item, Tone? tone, Dictionary<Tone, int> tones) => $"{basket[0]} {tone} {tones.Keys.Single()}";
                public static WorkflowCall<string> Start() => RunCall([new("a")], new("b"), Tone.Soft, new() { [Tone.Loud] = 1 });
                public static string Elsewhere() => JsonSerializer.Serialize(new Basket { new("a") }, Json.Default.Basket);
            }
            public sealed class Basket : List<Item> { }
            public sealed record Item(string Sku, Tone Tone = Tone.Soft) { [JsonInclude] public int Count = 3; }
            public enum Tone { Loud, Soft }
            [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
            [JsonSerializable(typeof(Basket)), JsonSerializable(typeof(Tone))] internal sealed partial class Json : JsonSerializerContext;
            """).Compiles().Load();
        var call = GeneratedHost.Call(assembly, "User", "Start");
        Assert.Equal("""{"basket":[{"sku":"a","tone":"Soft","count":3}],"item":{"Sku":"b","Tone":"Soft","Count":3},"tone":"Soft","tones":{"Loud":1}}""", Encoding.UTF8.GetString(call.Input.Span));
        Assert.Contains((string)assembly.GetType("User")!.GetMethod("Elsewhere")!.Invoke(null, null)!, Encoding.UTF8.GetString(call.Input.Span), StringComparison.Ordinal);
        await using var host = await GeneratedHost.StartAsync(assembly);
        Assert.Equal("Item { Sku = a, Tone = Soft, Count = 3 } Soft Loud", await host.Client.RunAsync((WorkflowCall<string>)call, "run"));
    }

    [Theory]
    [InlineData("string", "\"a\"", "\"a\"")]
    [InlineData("(int, string)", "(1, \"a\")", """[1,"a"]""")]
    [InlineData("int?", "1", "1")]
    public void Simple_values_and_tuples_are_stored_alike_whoever_names_them(string type, string value, string json)
    {
        var source = $"public static partial class User {{ [Workflow] public static partial Task RunAsync({type} value); private static void RunAsyncCore({type} value) {{ }} public static WorkflowCall Start() => RunCall({value}); }}";
        var without = Generation.WithContexts(source).Compiles();
        var with = Generation.WithContexts($"[assembly: DurableJsonContext(typeof(Json))] {source} [JsonSerializable(typeof({type}))] internal sealed partial class Json : JsonSerializerContext;").Compiles();
        Assert.Equal(without.Files["Durable.Payloads.g.cs"], with.Files["Durable.Payloads.g.cs"].Replace("global::System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine(new Contracts(), global::Durable.CompilerServices.PayloadContext.Texts, global::Json.Default)", "new Contracts()", StringComparison.Ordinal));
        Assert.Equal($$$"""{"value":{{{json}}}}""", Encoding.UTF8.GetString(GeneratedHost.Call(with.Load(), "User", "Start").Input.Span));
    }

    [Theory]
    [InlineData("System.IO.MemoryStream")]
    [InlineData("CancellationToken")]
    [InlineData("Action")]
    [InlineData("object")]
    [InlineData("int[,]")]
    [InlineData("Task<int>")]
    [InlineData("IntPtr")]
    [InlineData("Type")]
    [InlineData("Stack<int>")]
    [InlineData("Ref", "public ref struct Ref;")]
    [InlineData("IPet", "public interface IPet;")]
    [InlineData("Pet", "public abstract class Pet;")]
    [InlineData("Code", "public sealed class ShortAttribute : JsonConverterAttribute; [Short] public sealed class Code;")]
    public void What_no_context_brings_back_is_refused_all_the_same_and_without_the_advice_that_was_taken(string type, string declarations = "")
    {
        var read = PayloadSample.Read($$"""
            [assembly: Durable.DurableJsonContext(typeof(Json))]
            public static class Sample { public static {{type}} Value => throw new Exception(); }
            [JsonSerializable(typeof({{type}}))] internal sealed partial class Json : JsonSerializerContext;
            {{declarations}}
            """)["Value"];
        Assert.False(read.IsStorable);
        Assert.DoesNotContain("JsonSerializerContext of yours and", Assert.Single(read.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused_within_a_contexts_type_as_well()
    {
        var assembly = Generation.WithContexts($$"""
            [assembly: DurableJsonContext(typeof(Json))]
            public static partial class User
            {
                [Workflow] public static partial Task RunAsync(Basket basket);
                private static void RunAsyncCore(Basket basket) { }
                public static WorkflowCall Start() => RunCall([new("\ud800")]);
            }
            [JsonSerializable(typeof(Basket))] internal sealed partial class Json : JsonSerializerContext;
            {{Basket}}
            """).Compiles().Load();
        var thrown = Assert.Throws<System.Reflection.TargetInvocationException>(() => GeneratedHost.Call(assembly, "User", "Start"));
        Assert.Contains("surrogate", Assert.IsType<PayloadException>(thrown.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_assembly_asks_its_own_contexts()
    {
        const string Shared = "public sealed class Basket : List<int> { }";
        var types = Generation.Of(Shared, "Types").Compiles();
        var library = Generation.WithContexts("""
            [assembly: DurableJsonContext(typeof(Lib.Json))]
            namespace Lib;
            [JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
            [JsonSerializable(typeof(Basket))] public sealed partial class Json : JsonSerializerContext;
            public sealed partial class Counting
            {
                [Step] public partial Task<Basket> CountAsync(Basket basket);
                private Basket CountAsyncCore(Basket basket) => [.. basket, basket.Count];
            }
            """, "Library", types.Reference()).Compiles();
        var program = Generation.WithContexts("""
            [assembly: DurableJsonContext(typeof(Json))]
            [JsonSerializable(typeof(Basket))] internal sealed partial class Json : JsonSerializerContext;
            public sealed partial class User(Lib.Counting counting)
            {
                [Workflow] public partial Task<Basket> RunAsync(Basket basket);
                private async Task<Basket> RunAsyncCore(Basket basket) => await counting.CountAsync(basket);
                public static WorkflowCall<Basket> Start() => RunCall([1, 2]);
            }
            """, "Sample", types.Reference(), library.Reference()).Compiles();
        var assembly = program.Load(types, library);
        var call = GeneratedHost.Call(assembly, "User", "Start");
        Assert.Equal("""{"basket":[1,2]}""", Encoding.UTF8.GetString(call.Input.Span));
        await using var host = await GeneratedHost.StartAsync(assembly);
        var run = await host.Client.StartAsync(call, "run");
        await run.GetResultAsync();
        Assert.Equal("""["1","2","2"]""", Encoding.UTF8.GetString((await run.GetCheckpointsAsync()).Single().Result.Span));
    }

    [Fact]
    public void A_context_of_another_assembly_and_one_within_a_type_are_asked()
    {
        var library = Generation.WithContexts($"namespace Lib; public static partial class Outer {{ [JsonSerializable(typeof(Basket))] public sealed partial class Json : JsonSerializerContext; }} {Basket}", "Library").Compiles();
        var sample = Generation.WithContexts("""
            [assembly: DurableJsonContext(typeof(Lib.Outer.Json))]
            public static partial class User
            {
                [Workflow] public static partial Task RunAsync(Lib.Basket value);
                private static void RunAsyncCore(Lib.Basket value) { }
                public static WorkflowCall Start() => RunCall([new("a")]);
            }
            """, "Sample", library.Reference()).Compiles();
        Assert.Equal("""{"value":[{"Sku":"a","Count":3}]}""", Encoding.UTF8.GetString(GeneratedHost.Call(sample.Load(library), "User", "Start").Input.Span));
    }
}
