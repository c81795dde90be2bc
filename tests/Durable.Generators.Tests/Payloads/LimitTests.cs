using System.Text;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What is too large or too deep is refused by an error that says what and where, before anything is stored.</summary>
public sealed class LimitTests
{
    private static readonly PayloadSample s_sample = PayloadSample.Build("""
        public static class Sample
        {
            public static Order Lines => new("o-1", [.. Enumerable.Range(0, 40_000).Select(i => new Line(new string('x', 10), i, []))], []);
            public static Order Text => new("o-1", [new(new string('x', 900), 1, []), new(new string('y', 2_000_000), 2, [])], []);
            public static Order Tags => new("o-1", [new("a", 1, [.. Enumerable.Range(0, 200_000).Select(i => i.ToString())])], []);
            public static Order Stock => new("o-1", [], Enumerable.Range(0, 100_000).ToDictionary(i => "sku-" + i, i => i));
            public static Even Even => new([.. Enumerable.Repeat("0123456789", 40_000)], [.. Enumerable.Repeat("0123456789", 40_001)], [.. Enumerable.Repeat("0123456789", 39_999)]);
            public static string Plain => new('x', 2_000_000);
            public static List<int> Numbers => [.. Enumerable.Range(0, 500_000)];
            public static string Fits => new('x', 1024 * 1024 - 2);
            public static List<Raw> RawLarge => [new(new string('x', 2_000_000))];
            public static List<Raw> RawFails => [new("{\"\\ud83d\":"), new("throw")];
            public static List<Raw> RawNoJson => [new("}}"), new("throw")];
            public static Node Cycle { get { var node = new Node(); node.Next = node; return node; } }
            public static Node CycleInList { get { var node = new Node(); node.More.Add(new Node { More = { node } }); return node; } }
            public static Paired CycleInTuple { get { var node = new Paired(); node.Next = (1, node); return node; } }
            public static Animal CycleOfDerived { get { var node = new Cat(); node.Friends["a"] = node; return node; } }
            public static Node Chain64 => Chain(64);
            public static Node Chain65 => Chain(65);
            private static Node Chain(int length) { Node? node = null; for (var i = 0; i < length; i++) node = new Node { Next = node, More = null! }; return node!; }
        }
        public record Order(string Id, List<Line> Lines, Dictionary<string, int> Stock);
        public record Line([property: JsonPropertyName("text")] string Text, int Count, List<string> Tags);
        public record Even(List<string> A, List<string> B, List<string> C);
        [JsonConverter(typeof(RawConverter))] public record Raw(string Text);
        public class RawConverter : JsonConverter<Raw>
        {
            public override Raw Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new FormatException();
            public override void Write(Utf8JsonWriter writer, Raw value, JsonSerializerOptions options) { if (value.Text == "throw") throw new FormatException("on purpose"); writer.WriteRawValue(value.Text, skipInputValidation: true); }
        }
        public class Paired { public (int, Paired?) Next { get; set; } }
        [JsonDerivedType(typeof(Cat), "cat")] public abstract class Animal { public Dictionary<string, Animal> Friends { get; set; } = []; } public class Cat : Animal;
        public class Node { public Node? Next { get; set; } public List<Node> More { get; set; } = []; }
        """);

    [Theory]
    [InlineData("Lines", "Lines")]
    [InlineData("Text", "Lines[].text")]
    [InlineData("Tags", "Lines[].Tags")]
    [InlineData("Stock", "Stock")]
    [InlineData("Even", "B")]
    [InlineData("Plain", "")]
    [InlineData("Numbers", "[]")]
    public void A_payload_that_is_too_large_names_its_largest_member(string payload, string path)
    {
        var refused = Refused<PayloadTooLargeException>(payload);
        Assert.Equal(path, refused.LargestMember);
        Assert.Contains("DurableLimits.MaxPayloadBytes", refused.Message);
        if (path.Length > 0)
            Assert.Contains($"of which {refused.LargestMemberBytes:N0} are in '{path}'", refused.Message);
    }

    [Fact]
    public void The_sizes_are_those_of_the_stored_bytes()
    {
        var refused = Refused<PayloadTooLargeException>("Text");
        Assert.Equal(900 + 2_000_000 + 4, refused.LargestMemberBytes);
        Assert.InRange(refused.Bytes, refused.LargestMemberBytes, refused.LargestMemberBytes + 200);
    }

    [Fact]
    public void The_limit_is_a_megabyte_and_includes_its_last_byte()
    {
        var form = StoredForm.Of(s_sample, "Fits");
        Assert.Equal(DurableLimits.MaxPayloadBytes, form.Write(form.Value).Length);
        Assert.Equal(DurableLimits.MaxPayloadBytes + 1, Assert.Throws<PayloadTooLargeException>(() => form.Write(form.Value + "x")).Bytes);
    }

    [Theory]
    [InlineData("Cycle", "$.Next.Next")]
    [InlineData("CycleInList", "$.More[0].More[0]")]
    [InlineData("CycleInTuple", "$.Next[1].Next[1]")]
    [InlineData("CycleOfDerived", "$.Friends.a.Friends.a")]
    [InlineData("Chain65", "$.Next.Next")]
    public void A_value_that_refers_to_itself_or_is_too_deep_is_refused_with_its_path(string payload, string path)
    {
        var message = Refused<PayloadTooDeepException>(payload).Message;
        Assert.Contains("more than 64 levels deep (DurableLimits.MaxPayloadDepth)", message);
        Assert.Contains(path, message);
        Assert.InRange(message.Length, 1, 400);
    }

    [Theory]
    [InlineData("Cycle")]
    [InlineData("CycleInList")]
    [InlineData("CycleInTuple")]
    [InlineData("CycleOfDerived")]
    [InlineData("Chain65")]
    public void Nor_has_it_a_fingerprint(string payload)
    {
        var form = StoredForm.Of(s_sample, payload);
        Assert.Throws<PayloadTooDeepException>(() => form.Fingerprint(form.Value));
    }

    [Fact]
    public void What_is_as_deep_as_the_limit_is_stored_and_read()
    {
        var form = StoredForm.Of(s_sample, "Chain64");
        var json = form.Write(form.Value);
        Assert.Equal(json, form.Write(form.Read(json)));
        Assert.NotEqual(0, form.Fingerprint(form.Value));
    }

    [Theory]
    [InlineData("""{"Next":""", "}")]
    [InlineData("""{"More":[""", "]}")]
    [InlineData("""{"Unknown":[""", "]}")]
    public void A_stored_value_that_is_too_deep_is_refused_when_it_is_read(string open, string close)
    {
        var json = string.Concat(Enumerable.Repeat(open, 10_000)) + "null" + string.Concat(Enumerable.Repeat(close, 10_000));
        var refused = Assert.Throws<PayloadTooDeepException>(() => StoredForm.Of(s_sample, "Chain64").Read(Encoding.UTF8.GetBytes(json)));
        Assert.Contains("The payload: nested more than 64 levels deep", refused.Message);
    }

    [Fact]
    public void What_a_converter_writes_that_is_no_JSON_is_refused_for_its_size_all_the_same()
        => Assert.Equal("", Refused<PayloadTooLargeException>("RawLarge").LargestMember);

    [Theory]
    [InlineData("RawFails")]
    [InlineData("RawNoJson")]
    public void A_failure_behind_what_is_no_JSON_is_told_without_its_path(string payload)
        => Assert.EndsWith(": on purpose", Refused<PayloadException>(payload).Message);

    private static T Refused<T>(string payload) where T : Exception
    {
        var form = StoredForm.Of(s_sample, payload);
        return Assert.Throws<T>(() => form.Write(form.Value));
    }
}
