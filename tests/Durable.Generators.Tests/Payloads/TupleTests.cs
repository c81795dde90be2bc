using System.Text.Json;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Tuples are stored by position. System.Text.Json writes them as <c>{}</c>, without a word.</summary>
public sealed class TupleTests
{
    [Theory]
    [InlineData("(int A, string B)", "(1, \"b\")", """[1,"b"]""")]
    [InlineData("(int, string?)", "(1, null)", "[1,null]")]
    [InlineData("(int A, string B)?", "null", "null")]
    [InlineData("(int A, string B)?", "(1, \"b\")", """[1,"b"]""")]
    [InlineData("ValueTuple<int>", "new(1)", "[1]")]
    [InlineData("ValueTuple<int, string>", "(1, \"b\")", """[1,"b"]""")]
    [InlineData("(int, (string A, int? B), (int, int)[])", "(1, (\"a\", null), [(2, 3), (4, 5)])", """[1,["a",null],[[2,3],[4,5]]]""")]
    [InlineData("(int, int, int, int, int, int, int)", "(1, 2, 3, 4, 5, 6, 7)", "[1,2,3,4,5,6,7]")]
    [InlineData("(int, int, int, int, int, int, int, string Last)", "(1, 2, 3, 4, 5, 6, 7, \"h\")", """[1,2,3,4,5,6,7,"h"]""")]
    [InlineData("(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, string P)", "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, \"p\")", """[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,"p"]""")]
    [InlineData("Tuple<int, string>", "new(1, \"b\")", """[1,"b"]""")]
    [InlineData("Tuple<int, string>?", "null", "null")]
    [InlineData("Tuple<int, int, int, int, int, int, int, Tuple<string>>", "new(1, 2, 3, 4, 5, 6, 7, new(\"h\"))", """[1,2,3,4,5,6,7,"h"]""")]
    [InlineData("Dictionary<string, (int X, int Y)>", "new() { [\"a\"] = (1, 2) }", """{"a":[1,2]}""")]
    [InlineData("R", "new((1, \"b\")) { Other = (3, new(4)) }", """{"Pair":[1,"b"],"Other":[3,{"V":4}]}""", "public record R((int A, string B) Pair) { public (int, S) Other { get; init; } } public record struct S(int V);")]
    public void A_tuple_is_stored_by_position_and_comes_back(string type, string value, string json, string declaration = "")
    {
        var sample = Build(type, value, declaration);
        Assert.Empty(sample.Models["Value"].Problems);
        Assert.Equal(json, sample.Json());
        Assert.Equal(json, sample.Json("Again"));
        Assert.Equal(sample.Fingerprint(), sample.Fingerprint("Again"));
    }

    [Fact]
    public void Tuples_whose_names_differ_are_one_type()
    {
        var sample = PayloadSample.Build("""
            public static class Sample
            {
                public static (int A, List<(string B, int C)> D) One => (1, [("b", 2)]);
                public static (int, List<(string X, int)> Y) Other => (1, [("b", 2)]);
            }
            """);
        Assert.Equal(sample.Models["One"], sample.Models["Other"]);
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Theory]
    [InlineData("[1]", "ends after 1 of 2 items")]
    [InlineData("[]", "ends after 0 of 2 items")]
    [InlineData("[1,\"b\",3]", "more than 2 items")]
    [InlineData("{}", "An array with the 2 items")]
    [InlineData("null", "An array with the 2 items")]
    [InlineData("[1,[2]]", "Item 2 of the tuple")]
    public void A_stored_value_that_is_not_the_tuple_says_so(string json, string message)
    {
        var exception = Assert.Throws<JsonException>(() => Build("R", "new((1, \"b\"))", "public record R((int, string) Pair);").Reread($"{{\"Pair\":{json}}}"));
        Assert.Contains(message, exception.Message);
        Assert.Equal("$.Pair", exception.Path);
    }

    [Theory]
    [InlineData("(1, 2)", "(2, 1)")]
    [InlineData("(1, null)", "(1, 0)")]
    [InlineData("(1, null)", "(0, 1)")]
    public void A_changed_item_counts(string one, string other)
    {
        var sample = PayloadSample.Build($"public static class Sample {{ public static (int?, int?) One => {one}; public static (int?, int?) Other => {other}; }}");
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void A_tuple_with_its_declared_default_does_not_count()
    {
        var sample = PayloadSample.Build("""
            public static class Sample { public static V1.R One => new() { A = 1 }; public static V2.R Other => new() { A = 1 }; }
            namespace V1 { public record R { public int A { get; init; } } }
            namespace V2 { public record R { public int A { get; init; } public (int X, string? Y) Note { get; init; } } }
            """);
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Theory]
    [InlineData("(int A, System.IO.Stream B)", "(int A, Stream B).B")]
    [InlineData("(int, int, int, int, int, int, int, object)", "(int, int, int, int, int, int, int, object).Item8")]
    [InlineData("ValueTuple<int, int, int, int, int, int, int, int>", "ValueTuple<int, int, int, int, int, int, int, int>.Rest")]
    [InlineData("Tuple<int, Action>", "Tuple<int, Action>.Item2")]
    public void An_item_without_a_stored_form_is_refused_with_its_path(string type, string path)
        => Assert.Equal(path, Assert.Single(PayloadSample.Read($"public static class Sample {{ public static {type} Value => default!; }}")["Value"].Problems).Path);

    private static PayloadSample Build(string type, string value, string declaration) => PayloadSample.Build($$"""
        #pragma warning disable CS0612
        public static class Sample
        {
            public static {{type}} Value => {{value}};
            public static {{type}} Again => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(Value, Contract()), Contract())!;
            private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<{{type}}> Contract() => global::Durable.Generated.Sample.DurableJson.TypeInfo<{{type}}>();
        }
        {{declaration}}
        """);
}
