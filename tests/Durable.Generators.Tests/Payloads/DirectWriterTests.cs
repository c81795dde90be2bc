using System.Text;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Objects, lists and dictionaries are written without a look into their contracts: the same bytes, and the same refusals.</summary>
public sealed class DirectWriterTests
{
    private const string Lone = "\"a\\ud83d\"";

    private static readonly PayloadSample s_sample = PayloadSample.Build("""
        #pragma warning disable CS0612
        public static class Sample
        {
            public static Order Good => new("o-1", [new("a"), new("b")]);
            public static Order Bad => new("o-1", [new("a"), null!, new("\ud83d")]);
            public static Order Replacement => new("\ufffd \\uFFFD", []);
            public static Order Large => new(new string('x', 30_000), [.. Enumerable.Range(0, 5_000).Select(number => new Line("line " + number + " é"))]);
            public static Once ReadOnce => new("\ufffd", new Queue<int>([1, 2]));
            public static TakenBox TakenOnce => new("\ufffd", new Box(new Queue<int>([1, 2])));
            public static Outer Nested => new();
            public static Holder Held => new("h", new Raw("r"), [new Raw("s")]);
            public static Mixed ByContract => new(new Called(), [new Called(), null], 'é', JsonElement.Parse("[1.50]"), new(DayOfWeek.Friday), new() { [DayOfWeek.Friday] = "f" }, "z");
            public static Scalars Library => new(new Uri("https://example.org/é"), TimeSpan.FromDays(1), null, [1, 2], null, (Half)0.5, new DateOnly(2026, 1, 2), DayOfWeek.Friday, (short)-3, 0.1f, (1, "t"), new("k", 2));
            public static List<List<Line?>> Empty => [[], [null]];
            public static Conditions All => new() { Number = 1, Text = "t", Maybe = 0, Point = new(1), Always = 3 };
            public static Conditions None => new();
        }
        public sealed record Order(string Id, List<Line> Lines);
        public record Line(string Text);
        public sealed record Once(string Text, Queue<int> Items) { public IEnumerable<int> Taken { get { while (Items.TryDequeue(out var item)) yield return item; } } }
        public sealed record TakenBox(string Text, Box Box);
        [JsonConverter(typeof(BoxConverter))] public record Box(Queue<int> Items);
        public class BoxConverter : JsonConverter<Box>
        {
            public override Box Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new FormatException();
            public override void Write(Utf8JsonWriter writer, Box value, JsonSerializerOptions options) { writer.WriteNumberValue(value.Items.Count); value.Items.Clear(); }
        }
        public sealed class Outer
        {
            public string A { get; init; } = "a";
            public int Inside => global::Durable.Generated.Sample.DurablePayloads.Order.Write(Sample.Good).Length;
            public string Z { get; init; } = "z";
        }
        public sealed record Holder(string Name, Raw One, List<Raw> Many);
        public sealed record Mixed(Called One, List<Called?> Many, char Letter, JsonElement Json, Named Day, Dictionary<DayOfWeek, string> Days, string Last);
        public sealed record Named([property: JsonConverter(typeof(JsonStringEnumConverter))] DayOfWeek Day);
        public sealed record Scalars(Uri Link, TimeSpan Time, Version? Version, byte[] Bytes, byte[]? NoBytes, Half? Half, DateOnly? Date, DayOfWeek? Day, short? Short, float Single, [property: JsonIgnore] (int, string) Pair, KeyValuePair<string, int> Entry);
        [JsonConverter(typeof(RawConverter))] public record Raw(string Text);
        public class RawConverter : JsonConverter<Raw>
        {
            public override Raw Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!);
            public override void Write(Utf8JsonWriter writer, Raw value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
        }
        public class Called : IJsonOnSerialized { public int Calls { get; set; } = 1; public void OnSerialized() => Calls++; }
        public struct Point(int x) { public int X { get; init; } = x; }
        public class Conditions
        {
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Number { get; init; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public string? Text { get; init; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)] public int? Maybe { get; init; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonPropertyOrder(-1)] public Point Point { get; init; }
            [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int Always { get; init; }
        }
        """);

    [Theory]
    [InlineData("string", Lone)]
    [InlineData("char", "'\\ud83d'")]
    [InlineData("char[]", "['a', '\\ud83d']")]
    [InlineData("List<string>", $"[\"\", {Lone}]")]
    [InlineData("string[][]", $"[[], [{Lone}]]")]
    [InlineData("ISet<string>", $"new HashSet<string> {{ {Lone} }}")]
    [InlineData("IEnumerable<string>", $"[{Lone}]")]
    [InlineData("Dictionary<string, int>", $"new() {{ [{Lone}] = 1 }}")]
    [InlineData("Dictionary<string, string>", $"new() {{ [{Lone}] = \"\" }}")]
    [InlineData("Dictionary<string, string>", $"new() {{ [\"\"] = {Lone} }}")]
    [InlineData("SortedDictionary<string, string>", $"new() {{ [\"\"] = {Lone} }}")]
    [InlineData("Dictionary<string, List<string>>", $"new() {{ [\"\"] = [{Lone}] }}")]
    [InlineData("Dictionary<int, string>", $"new() {{ [1] = {Lone} }}")]
    [InlineData("Dictionary<char, int>", "new() { ['\\ud83d'] = 1 }")]
    [InlineData("(int, string)", $"(1, {Lone})")]
    [InlineData("Tuple<string>", $"new({Lone})")]
    [InlineData("KeyValuePair<int, string>", $"new(1, {Lone})")]
    [InlineData("R", $"new({Lone}, null)", "public record R(string A, R? B);")]
    [InlineData("R", $"new(\"\", new({Lone}, null))", "public sealed record R(string A, R? B);")]
    [InlineData("R?", $"new R({Lone})", "public record struct R(string A);")]
    [InlineData("List<R?>", $"[null, new R({Lone})]", "public readonly record struct R(string? A);")]
    [InlineData("R", $"new() {{ A = {Lone} }}", "public class R { [JsonInclude] internal string A = \"\"; }")]
    [InlineData("R", $"new D {{ A = {Lone} }}", "[JsonDerivedType(typeof(D), \"d\")] public class R { public string A { get; init; } = \"\"; } public class D : R;")]
    [InlineData("List<R>", $"[new D {{ A = {Lone} }}]", "[JsonDerivedType(typeof(D), 1)] public abstract class R { public string A { get; init; } = \"\"; } public class D : R;")]
    [InlineData("H", $"new(new D {{ A = {Lone} }})", "public record H(R Value); [JsonDerivedType(typeof(D), 1)] public abstract class R { public string A { get; init; } = \"\"; } public class D : R;")]
    [InlineData("R", $"new() {{ A = {Lone}, B = 1 }}", "public class R { public string A { get; init; } = \"\"; [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public int B { get; init; } }")]
    [InlineData("R", $"new() {{ A = {Lone} }}", "public class R : IJsonOnSerializing { public string A { get; set; } = \"\"; public void OnSerializing() { } }")]
    [InlineData("Arguments", $"new({Lone})", "public sealed class Arguments(string text, int count = 1) { public string text { get; } = text; public int count { get; } = count; }")]
    public void Half_of_a_surrogate_pair_is_refused_wherever_it_stands(string type, string value, string declaration = "")
    {
        var form = StoredForm.Of(PayloadSample.Build($"public static class Sample {{ public static {type} Value => {value}; }} {declaration}"));
        Assert.Contains("half of a surrogate pair", Assert.Throws<PayloadException>(() => form.Write(form.Value)).Message);
    }

    [Fact]
    public void The_character_that_others_replace_it_by_is_stored() => Assert.Equal("""{"Id":"\uFFFD \\uFFFD","Lines":[]}""", Written("Replacement"));

    [Fact]
    public void A_refusal_leaves_nothing_behind_for_the_next_payload()
    {
        var bad = StoredForm.Of(s_sample, "Bad");
        Assert.Contains("'$.Lines[2].Text'", Assert.Throws<PayloadException>(() => bad.Write(bad.Value)).Message);
        Assert.Equal("""{"Id":"o-1","Lines":[{"Text":"a"},{"Text":"b"}]}""", Written("Good"));
    }

    [Fact]
    public void A_property_may_write_another_payload_while_it_is_read() => Assert.Equal("""{"A":"a","Inside":48,"Z":"z"}""", Written("Nested"));

    [Fact]
    public void What_a_converter_may_read_only_once_is_stored() => Assert.Equal("""{"Text":"\uFFFD","Box":2}""", Written("TakenOnce"));

    [Fact]
    public void Items_that_can_be_read_only_once_are_stored() => Assert.Equal("""{"Text":"\uFFFD","Items":[1,2],"Taken":[1,2]}""", Written("ReadOnce"));

    [Theory]
    [InlineData("Large")]
    [InlineData("Held")]
    [InlineData("ByContract")]
    [InlineData("Library")]
    [InlineData("Empty")]
    [InlineData("All")]
    [InlineData("None")]
    public void The_bytes_are_those_that_System_Text_Json_writes(string payload) => Assert.Equal(s_sample.Reflected(payload), Written(payload));

    private static string Written(string payload)
    {
        var form = StoredForm.Of(s_sample, payload);
        return Encoding.UTF8.GetString(form.Write(form.Value));
    }
}
