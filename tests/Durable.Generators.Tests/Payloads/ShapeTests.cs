namespace Durable.Generators.Tests.Payloads;

/// <summary>The generated contract writes what System.Text.Json writes by reflection, and reads it back.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("bool", "true")]
    [InlineData("sbyte", "-5")]
    [InlineData("byte", "255")]
    [InlineData("short", "-300")]
    [InlineData("ushort", "60000")]
    [InlineData("int", "int.MinValue")]
    [InlineData("uint", "uint.MaxValue")]
    [InlineData("long", "long.MinValue")]
    [InlineData("ulong", "ulong.MaxValue")]
    [InlineData("Int128", "Int128.MaxValue")]
    [InlineData("UInt128", "UInt128.MaxValue")]
    [InlineData("Half", "(Half)1.5")]
    [InlineData("float", "0.1f")]
    [InlineData("double", "0.1")]
    [InlineData("decimal", "1.50m")]
    [InlineData("char", "'x'")]
    [InlineData("string", "\"<é😀>\"")]
    [InlineData("string?", "null")]
    [InlineData("Guid", "new Guid(\"01234567-89ab-cdef-0123-456789abcdef\")")]
    [InlineData("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)")]
    [InlineData("DateTimeOffset", "new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))")]
    [InlineData("DateOnly", "new DateOnly(2026, 1, 2)")]
    [InlineData("TimeOnly", "new TimeOnly(23, 59, 58, 7)")]
    [InlineData("TimeSpan", "TimeSpan.FromMilliseconds(123456789)")]
    [InlineData("Uri", "new Uri(\"https://example.org/a?b=c\")")]
    [InlineData("Uri", "new Uri(\"relative/path\", UriKind.Relative)")]
    [InlineData("Version", "new Version(1, 2, 3)")]
    [InlineData("byte[]", "new byte[] { 1, 2, 255 }")]
    [InlineData("byte[]?", "null")]
    [InlineData("ReadOnlyMemory<byte>", "new byte[] { 1, 2, 255 }")]
    [InlineData("Memory<byte>", "new byte[] { 1, 2, 255 }")]
    [InlineData("ReadOnlyMemory<byte>?", "null")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday")]
    [InlineData("int?", "7")]
    [InlineData("int?", "null")]
    [InlineData("DayOfWeek?", "DayOfWeek.Friday")]
    public void A_scalar_is_stored_as_System_Text_Json_stores_it(string type, string value) => AssertFaithful(type, value);

    [Theory]
    [InlineData("int[]", "[3, 1, 2]")]
    [InlineData("int[][]", "[[1], [], [2, 3]]")]
    [InlineData("string?[]", "[\"a\", null]")]
    [InlineData("List<int>", "[3, 1, 2]")]
    [InlineData("List<string>?", "null")]
    [InlineData("IReadOnlyList<int>", "[3, 1, 2]")]
    [InlineData("IReadOnlyCollection<int>", "[3, 1, 2]")]
    [InlineData("IEnumerable<int>", "[3, 1, 2]")]
    [InlineData("IList<int>", "[3, 1, 2]")]
    [InlineData("ICollection<int>", "[3, 1, 2]")]
    [InlineData("HashSet<string>", "[\"b\", \"a\"]")]
    [InlineData("ISet<int>", "new HashSet<int> { 2, 1 }")]
    [InlineData("IReadOnlySet<int>", "new HashSet<int> { 2, 1 }")]
    [InlineData("Dictionary<string, int>", "new() { [\"b\"] = 1, [\"a\"] = 2 }")]
    [InlineData("IDictionary<int, string>", "new Dictionary<int, string> { [2] = \"x\" }")]
    [InlineData("IReadOnlyDictionary<Guid, int?>", "new Dictionary<Guid, int?> { [Guid.Empty] = null }")]
    [InlineData("Dictionary<DayOfWeek, List<int>>", "new() { [DayOfWeek.Friday] = [1] }")]
    [InlineData("ImmutableArray<int>", "[3, 1, 2]")]
    [InlineData("ImmutableArray<int>?", "null")]
    [InlineData("ImmutableList<string>", "[\"b\", \"a\"]")]
    [InlineData("LinkedList<int>", "new([3, 1, 2])")]
    [InlineData("Queue<int>", "new([3, 1, 2])")]
    [InlineData("System.Collections.Concurrent.ConcurrentQueue<int>", "new([3, 1, 2])")]
    [InlineData("System.Collections.ObjectModel.Collection<string>", "[\"b\", \"a\"]")]
    [InlineData("System.Collections.ObjectModel.ObservableCollection<int>", "[3, 1, 2]")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyCollection<int>", "new([3, 1, 2])")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyObservableCollection<int>", "new([3, 1, 2])")]
    [InlineData("IImmutableList<int>", "[3, 1, 2]")]
    [InlineData("ImmutableQueue<int>", "[3, 1, 2]")]
    [InlineData("IImmutableQueue<int>", "[3, 1, 2]")]
    [InlineData("SortedSet<int>", "[3, 1, 2]")]
    [InlineData("System.Collections.ObjectModel.ReadOnlySet<int>", "new(new HashSet<int> { 2, 1 })")]
    [InlineData("ImmutableHashSet<string>", "[\"a\"]")]
    [InlineData("ImmutableSortedSet<int>", "[3, 1, 2]")]
    [InlineData("IImmutableSet<int>", "[3, 1, 2]")]
    [InlineData("System.Collections.Frozen.FrozenSet<int>", "System.Collections.Frozen.FrozenSet.ToFrozenSet([3, 1, 2])")]
    [InlineData("SortedDictionary<string, int>", "new() { [\"b\"] = 1, [\"a\"] = 2 }")]
    [InlineData("SortedList<int, string?>", "new() { [2] = null, [1] = \"a\" }")]
    [InlineData("OrderedDictionary<string, int>", "new() { [\"b\"] = 1, [\"a\"] = 2 }")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<string, int>", "new() { [\"b\"] = 1 }")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyDictionary<string, int>", "new(new Dictionary<string, int> { [\"b\"] = 1 })")]
    [InlineData("ImmutableDictionary<string, int>", "ImmutableDictionary<string, int>.Empty.Add(\"b\", 1)")]
    [InlineData("ImmutableSortedDictionary<string, int>", "ImmutableSortedDictionary<string, int>.Empty.Add(\"b\", 1).Add(\"a\", 2)")]
    [InlineData("IImmutableDictionary<Guid, int[]>", "ImmutableDictionary<Guid, int[]>.Empty.Add(Guid.Empty, [1])")]
    [InlineData("System.Collections.Frozen.FrozenDictionary<string, int>", "System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<string, int> { [\"b\"] = 1, [\"a\"] = 2 })")]
    [InlineData("KeyValuePair<string, int>[]", "[new(\"b\", 1), new(\"a\", 2)]")]
    public void A_collection_is_stored_as_System_Text_Json_stores_it(string type, string value) => AssertFaithful(type, value);

    [Theory]
    [InlineData("string", "\"<é😀>\"")]
    [InlineData("bool", "true")]
    [InlineData("char", "'é'")]
    [InlineData("sbyte", "-5")]
    [InlineData("byte", "255")]
    [InlineData("short", "-300")]
    [InlineData("ushort", "60000")]
    [InlineData("int", "int.MinValue")]
    [InlineData("uint", "uint.MaxValue")]
    [InlineData("long", "long.MinValue")]
    [InlineData("ulong", "ulong.MaxValue")]
    [InlineData("Int128", "Int128.MaxValue")]
    [InlineData("UInt128", "UInt128.MaxValue")]
    [InlineData("Half", "(Half)1.5")]
    [InlineData("float", "0.1f")]
    [InlineData("double", "-0.0")]
    [InlineData("decimal", "1.50m")]
    [InlineData("Guid", "new Guid(\"01234567-89ab-cdef-0123-456789abcdef\")")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek", "(DayOfWeek)99")]
    [InlineData("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)")]
    [InlineData("DateTimeOffset", "new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))")]
    [InlineData("DateOnly", "new DateOnly(2026, 1, 2)")]
    [InlineData("TimeOnly", "new TimeOnly(23, 59, 58, 7)")]
    [InlineData("TimeSpan", "TimeSpan.FromMilliseconds(123456789)")]
    [InlineData("Uri", "new Uri(\"https://example.org/a?b=c\")")]
    [InlineData("Version", "new Version(1, 2, 3)")]
    [InlineData("E", "E.B", "[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { A, B }")]
    [InlineData("Sku", "new(\"s\")", "[JsonConverter(typeof(SkuConverter))] public record Sku(string Text); public class SkuConverter : JsonConverter<Sku> { public override Sku Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!); public override void Write(Utf8JsonWriter writer, Sku value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text); public override Sku ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!); public override void WriteAsPropertyName(Utf8JsonWriter writer, Sku value, JsonSerializerOptions options) => writer.WritePropertyName(value.Text); }")]
    public void A_key_is_stored_as_System_Text_Json_stores_it(string type, string key, string declaration = "")
        => AssertFaithful($"Dictionary<{type}, int>", $"new() {{ [{key}] = 1 }}", declaration);

    [Theory]
    [InlineData("public record R(int A, string B);", "R", "new(1, \"x\")")]
    [InlineData("public sealed record R(int A, int B = 5) { public string? C { get; init; } public required string D { get; init; } public int E { get; set; } }", "R", "new(1) { C = \"c\", D = \"d\", E = 3 }")]
    [InlineData("public readonly record struct R(int A, string B);", "R", "new(1, \"x\")")]
    [InlineData("public record struct R(int A) { public int B { get; init; } public int C { get; set; } }", "R", "new(1) { B = 2, C = 3 }")]
    [InlineData("public struct R { public int A { get; set; } public string B { get; init; } }", "R", "new() { A = 1, B = \"b\" }")]
    [InlineData("public readonly struct R(int a) { public int A { get; } = a; }", "R", "new(4)")]
    [InlineData("public class R { public int A { get; set; } public string? B { get; init; } }", "R", "new() { A = 1, B = \"b\" }")]
    [InlineData("public class R(int a, string b) { public int A { get; } = a; public string B => b; }", "R", "new(1, \"b\")")]
    [InlineData("public class R { public R() { } [JsonConstructor] public R(int a) => A = a; public int A { get; } }", "R", "new(3)")]
    [InlineData("public class R { [JsonConstructor] private R(int a) => A = a; public int A { get; } public static R Make() => new(6); }", "R", "R.Make()")]
    [InlineData("public record R([property: JsonPropertyName(\"a-b\")] int A, [property: JsonIgnore] int B = 0) { [JsonPropertyName(\"ü\\\"\")] public int C { get; init; } }", "R", "new(1) { C = 2 }")]
    [InlineData("public class R { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? A { get; init; } [JsonPropertyOrder(-1)] public int B { get; init; } }", "R", "new() { B = 2 }")]
    [InlineData("public record R([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? A);", "R", "new((string?)null)")]
    [InlineData("public class B { public int X { get; init; } public virtual int V { get; init; } public int H { get; set; } } public class R : B { public int A { get; set; } public override int V { get; init; } public new string H { get; init; } = \"\"; }", "R", "new() { X = 1, A = 2, V = 3, H = \"h\" }")]
    [InlineData("public abstract record B(int X) { public required string Y { get; init; } } public sealed record R(int X, int Z) : B(X);", "R", "new(1, 2) { Y = \"y\" }")]
    [InlineData("public record R(int A, [property: JsonIgnore] System.IO.Stream? B, [property: JsonIgnore] int C);", "R", "new(1, System.IO.Stream.Null, 2)")]
    [InlineData("public record R(int A, R? Next, List<R>? More);", "R", "new(1, new(2, null, null), [new(3, null, [])])")]
    [InlineData("public record R<T>(T Value) { public T? Other { get; init; } }", "R<int>", "new(1) { Other = 2 }")]
    [InlineData("public class R<T, U> where T : class, IComparable<T> where U : struct { public T? Value { get; init; } public required Dictionary<string, U> Items { get; init; } }", "R<string, DateOnly>", "new() { Value = \"v\", Items = new() { [\"a\"] = new(2026, 1, 1) } }")]
    [InlineData("public class Outer<T> { public class R<U> { public T? A { get; init; } public U? B { get; init; } } public record N(T A); }", "Outer<int>.R<Outer<string>.N>", "new() { A = 1, B = new(\"x\") }")]
    [InlineData("public class R { public int @class { get; init; } public int @event { get; set; } }", "R", "new() { @class = 1, @event = 2 }")]
    [InlineData("public class R { [JsonInclude] public int F; [JsonInclude] internal int I { get; set; } [JsonInclude] public int P { get; private set; } public static R Make() => new() { F = 1, I = 2, P = 3 }; }", "R", "R.Make()")]
    [InlineData("public class R { public int A { get; set; } public int Twice => A * 2; }", "R", "new() { A = 2 }")]
    [InlineData("public class R { [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public int A { get; set; } }", "R", "new() { A = 2 }")]
    [InlineData("public abstract record B<T> { public required T Y { get; init; } public T? W { get; init; } } public sealed record R(int X) : B<string>;", "R", "new(1) { Y = \"y\", W = \"w\" }")]
    [InlineData("public record R(KeyValuePair<string, int> Pair);", "R", "new(new(\"k\", 1))")]
    [InlineData("[Obsolete] public class R { [Obsolete(\"old\")] public int A { get; set; } }", "R", "new() { A = 2 }")]
    public void An_object_is_stored_as_System_Text_Json_stores_it(string declaration, string type, string value) => AssertFaithful(type, value, declaration);

    [Theory]
    [InlineData("public class R : B { [JsonIgnore] public new int X { get; set; } public int A { get; set; } }")]
    [InlineData("public class R : B { [JsonPropertyName(\"x\")] public new int X { get; set; } public int A { get; set; } }")]
    [InlineData("public class R : B { internal new string X { get; set; } = \"\"; public int A { get; set; } }")]
    [InlineData("public class R : B { public new static string X() => \"\"; public int A { get; set; } }")]
    [InlineData("public class R : M; public class M : B { [JsonIgnore] public new int X { get; set; } public int A { get; set; } }")]
    [InlineData("public class R : M { public new string X { get; init; } = \"r\"; public int A { get; set; } } public class M : B { [JsonIgnore] public new int X { get; set; } }")]
    public void A_hidden_member_is_stored_where_System_Text_Json_stores_it(string declaration) => AssertFaithful(
        "R", "Made.Of()", $"{declaration} public class B {{ public int X {{ get; set; }} = 5; }} public static class Made {{ public static R Of() {{ var made = new R {{ A = 2 }}; ((B)made).X = 9; return made; }} }}");

    [Theory]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public enum E { A, B }", "E", "E.B")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { A, B }", "E?", "E.B")]
    [InlineData("public enum E { A, B } public class R { [JsonConverter(typeof(JsonStringEnumConverter))] public E X { get; set; } [JsonConverter(typeof(JsonStringEnumConverter<E>))] public E? Y { get; init; } }", "R", "new() { X = E.B, Y = E.B }")]
    [InlineData("public interface I { int V { get; } } public record X(int V) : I; public class C : JsonConverter<I> { public override I Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new X(reader.GetInt32()); public override void Write(Utf8JsonWriter writer, I value, JsonSerializerOptions options) => writer.WriteNumberValue(value.V); } public record R([property: JsonConverter(typeof(C))] I A);", "R", "new(new X(3))")]
    [InlineData(Cents, "Cents", "new(150)")]
    [InlineData(Cents + " public record R([property: JsonConverter(typeof(CentsConverter))] Cents? A);", "R", "new(new Cents(5))")]
    public void A_users_converter_is_used(string declaration, string type, string value) => AssertFaithful(type, value, declaration);

    [Theory]
    [InlineData("JsonElement", "JsonElement.Parse(\"{\\\"b\\\":[1.50,null,true],\\\"a\\\":\\\"é\\\"}\")")]
    [InlineData("JsonElement?", "null")]
    [InlineData("JsonDocument", "JsonDocument.Parse(\"[1,{}]\")")]
    [InlineData("System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonNode.Parse(\"{\\\"b\\\":[1],\\\"a\\\":null}\")!")]
    [InlineData("System.Text.Json.Nodes.JsonNode?", "null")]
    [InlineData("System.Text.Json.Nodes.JsonObject", "new() { [\"b\"] = 1, [\"a\"] = \"x\" }")]
    [InlineData("System.Text.Json.Nodes.JsonArray", "new(1, \"x\", null)")]
    [InlineData("System.Text.Json.Nodes.JsonValue", "System.Text.Json.Nodes.JsonValue.Create(1.5)")]
    [InlineData("R", "new(JsonElement.Parse(\"1\"), null, [])", "public record R(JsonElement A, System.Text.Json.Nodes.JsonObject? B, List<JsonElement> C);")]
    public void JSON_is_stored_as_it_is(string type, string value, string declaration = "") => AssertFaithful(type, value, declaration);

    [Fact]
    public void Types_with_one_simple_name_do_not_collide() => AssertFaithful(
        "R",
        "new(new(1), new(\"x\"), new(true))",
        "namespace A.B { public record X(int V); } namespace A { public record B_X(string V); } namespace C { public record X(bool V); } public record R(A.B.X P, A.B_X Q, C.X S);");

    [Fact]
    public void A_users_namespaces_and_types_may_have_the_librarys_names() => AssertFaithful(
        "Acme.Durable.Task",
        "new(1, new())",
        "namespace Acme.Durable { public record Task(int Options, String Text); public record String; public class JsonSerializerOptions; }");

    // By reflection, System.Text.Json has no answer for these.
    [Theory]
    [InlineData("public record R(in int A, in string B = \"b\");", "R", "new(1)")]
    [InlineData("public readonly struct R(in int a, string b) { public int A { get; } = a; public string B { get; } = b; }", "R", "new(1, \"b\")")]
    [InlineData("public class R { [JsonConstructor] private R(in int a, string b) => (A, B) = (a, b); public int A { get; } public string B { get; } public static R Make() => new(1, \"b\"); }", "R", "R.Make()")]
    [InlineData("public class R<T>(in T a) { public T A { get; } = a; public required string B { get; init; } }", "R<int>", "new(1) { B = \"b\" }")]
    public void A_constructor_with_in_parameters_is_called(string declaration, string type, string value)
    {
        var sample = PayloadSample.Build($$"""
            #pragma warning disable CS0612
            public static class Sample
            {
                public static {{type}} Value => {{value}};
                public static List<string> Again => [JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(Value, Contract()), Contract()) is { A: var a, B: var b } ? a + b : ""];
                private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<{{type}}> Contract() => global::Durable.Generated.Sample.DurableJson.TypeInfo<{{type}}>();
            }
            {{declaration}}
            """);
        Assert.Empty(sample.Models["Value"].Problems);
        Assert.Equal("""{"A":1,"B":"b"}""", sample.Json());
        Assert.Equal("""["1b"]""", sample.Json("Again"));
    }

    [Fact]
    public void A_collection_without_a_setter_is_filled()
    {
        const string Types = "public class R { public List<int> A { get; } = []; public IDictionary<string, int> B { get; } = new Dictionary<string, int>(); public ISet<int> C { get; } = new HashSet<int>(); public SortedDictionary<int, int> D { get; } = []; public Queue<int> E { get; } = new(); public System.Collections.ObjectModel.ObservableCollection<int> F { get; } = []; public LinkedList<int> G { get; } = new(); }";
        const string Json = """{"A":[1,2],"B":{"b":3},"C":[4],"D":{"5":6},"E":[7],"F":[8],"G":[9]}""";
        var sample = PayloadSample.Build($"{Sample("R", "new()")} {Types}");
        Assert.Equal(Json, sample.Reread(Json));
        Assert.Empty(sample.Models["Value"].Problems);
    }

    [Fact]
    public void Types_of_another_assembly_are_stored()
    {
        const string Library = """
            namespace Lib
            {
                public abstract class B<T> { public T? Base { get; init; } public int Count { get; init; } = 3; }
                public sealed class R<T> : B<T> { public required T Own { get; init; } public string Note { get; set; } = "n"; }
                public record P(int X, R<string>? Y = null);
            }
            """;
        var sample = PayloadSample.Build(Sample("Lib.P", "new(1, new() { Own = \"o\", Base = \"b\" })"), Library);
        Assert.Equal(sample.Reflected(), sample.Json());
        Assert.Equal(sample.Json(), sample.Reread(sample.Json()));
        Assert.Equal("""{"X":1,"Y":{"Own":"o","Note":"n","Base":null,"Count":3}}""", sample.Reread("""{"X":1,"Y":{"Own":"o"}}"""));
    }

    private const string Cents =
        "[JsonConverter(typeof(CentsConverter))] public readonly record struct Cents(int Value); public class CentsConverter : JsonConverter<Cents> { "
        + "public override Cents Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(int.Parse(reader.GetString()!.TrimEnd('c'))); "
        + "public override void Write(Utf8JsonWriter writer, Cents value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value + \"c\"); }";

    private static void AssertFaithful(string type, string value, string declaration = "")
    {
        // Obsolete types are stored like others; some samples have them.
        var sample = PayloadSample.Build($"#pragma warning disable CS0612, CS0618\n{Sample(type, value)}\n{declaration}");
        Assert.Empty(sample.Models["Value"].Problems);
        var json = sample.Json();
        Assert.Equal(sample.Reflected(), json);
        Assert.Equal(json, sample.Reread(json));
        Assert.NotEqual(0, sample.Fingerprint());
    }

    private static string Sample(string type, string value) => $"public static class Sample {{ public static {type} Value => {value}; }}";
}
