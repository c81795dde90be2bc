using System.Text.Json;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Which changes of a value, and of its type, a fingerprint sees.</summary>
public sealed class FingerprintTests
{
    [Theory]
    [InlineData("HashSet<int>", "[1, 2, 30]", "[30, 2, 1]")]
    [InlineData("IReadOnlySet<string>", "new HashSet<string> { \"a\", \"bb\" }", "new HashSet<string> { \"bb\", \"a\" }")]
    [InlineData("Dictionary<string, int>", "new() { [\"a\"] = 1, [\"b\"] = 2 }", "new() { [\"b\"] = 2, [\"a\"] = 1 }")]
    [InlineData("ImmutableHashSet<int>", "[1, 2, 30]", "[30, 2, 1]")]
    [InlineData("System.Collections.Frozen.FrozenSet<int>", "System.Collections.Frozen.FrozenSet.ToFrozenSet([1, 2])", "System.Collections.Frozen.FrozenSet.ToFrozenSet([2, 1])")]
    [InlineData("ImmutableDictionary<int, int>", "ImmutableDictionary<int, int>.Empty.Add(1, 2).Add(3, 4)", "ImmutableDictionary<int, int>.Empty.Add(3, 4).Add(1, 2)")]
    [InlineData("Dictionary<double, char>", "new() { [0.5] = 'a', [1.5] = 'b' }", "new() { [1.5] = 'b', [0.5] = 'a' }")]
    public void The_order_of_a_set_or_dictionary_does_not_count(string type, string one, string other) => AssertSame(type, one, other);

    [Theory]
    [InlineData("JsonElement", "JsonElement.Parse(\"{\\\"b\\\":1.0,\\\"a\\\":[2],\\\"c\\\":null}\")", "JsonElement.Parse(\"{ \\\"a\\\":[2.0],\\\"b\\\":1}\")")]
    [InlineData("System.Text.Json.Nodes.JsonObject", "new() { [\"b\"] = 1, [\"a\"] = 2m }", "new() { [\"a\"] = 2.00m, [\"b\"] = 1L }")]
    [InlineData("ReadOnlyMemory<byte>", "default", "Array.Empty<byte>()")]
    public void JSON_and_bytes_count_by_what_they_say(string type, string one, string other) => AssertSame(type, one, other);

    [Theory]
    [InlineData("decimal", "1.0m", "1.00m")]
    [InlineData("R", "new(1.0m, [2.50m])", "new(1m, [2.5m])")]
    public void Trailing_zeros_of_a_decimal_do_not_count(string type, string one, string other) => AssertSame(type, one, other, "public record R(decimal A, decimal[] B);");

    [Theory]
    [InlineData("int", "1", "2")]
    [InlineData("string", "\"a\"", "\"A\"")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday", "DayOfWeek.Monday")]
    [InlineData("byte[]", "[1]", "[2]")]
    [InlineData("int?", "null", "0")]
    [InlineData("ReadOnlyMemory<byte>", "new byte[] { 1 }", "new byte[] { 1, 0 }")]
    [InlineData("JsonElement", "JsonElement.Parse(\"[1,2]\")", "JsonElement.Parse(\"[2,1]\")")]
    [InlineData("JsonDocument", "JsonDocument.Parse(\"1\")", "JsonDocument.Parse(\"\\\"1\\\"\")")]
    [InlineData("TimeSpan", "TimeSpan.FromTicks(1)", "TimeSpan.FromTicks(2)")]
    [InlineData("DateTimeOffset", "new(2026, 1, 1, 1, 0, 0, TimeSpan.Zero)", "new(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(1))")]
    [InlineData("HashSet<int>", "[1]", "[1, 2]")]
    [InlineData("Dictionary<string, string>", "new() { [\"a\"] = \"b\" }", "new() { [\"b\"] = \"a\" }")]
    [InlineData("R", "new(1, new(2, null))", "new(1, new(3, null))")]
    [InlineData("R", "new(1, null)", "new(1, new(0, null))")]
    public void A_changed_value_counts(string type, string one, string other) => AssertDifferent(type, one, other, "public record R(int A, R? B);");

    [Theory]
    [InlineData("public double Note { get; set; }", "-0.0")]
    [InlineData("public float Note { get; init; } = 0;", "-0f")]
    [InlineData("public Half Note { get; set; }", "Half.NegativeZero")]
    [InlineData("public double? Note { get; init; } = 0.0;", "-0.0")]
    [InlineData("public DateTime Note { get; set; }", "DateTime.SpecifyKind(default, DateTimeKind.Utc)")]
    [InlineData("public DateTimeOffset Note { get; set; }", "new(TimeSpan.TicksPerHour, TimeSpan.FromHours(1))")]
    [InlineData("public (double, int) Note { get; set; }", "(-0.0, 0)")]
    [InlineData("public P Note { get; set; } public record struct P(double X);", "new(-0.0)")]
    [InlineData("public KeyValuePair<int, DateTime> Note { get; set; }", "new(0, DateTime.SpecifyKind(default, DateTimeKind.Utc))")]
    public void What_only_equals_the_declared_default_counts(string property, string value)
    {
        var sample = Added(property, $"{{ Note = {value} }}");
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void What_only_equals_a_parameters_declared_default_counts()
    {
        var type = new CompilerServices.PayloadType<double>(JsonSerializerOptions.Default, (writer, value) => writer.Double(value));
        Assert.Equal(Call(1, rate => rate == 1), Call(0, rate => rate == 0));
        Assert.NotEqual(Call(0, rate => rate == 0), Call(-0.0, rate => rate == 0));

        long Call(double rate, Func<double, bool> isDefault) => CompilerServices.FingerprintWriter.Hash((writer, value) =>
        {
            writer.BeginObject();
            writer.Arguments.Add("rate", value, type, isDefault(value), declared: Math.Abs(value));
            writer.EndObject();
        }, rate);
    }

    [Theory]
    [InlineData("0", "1e-31")]
    [InlineData("0", "5e-324")]
    [InlineData("5e-324", "6e-324")]
    [InlineData("1e400", "1e500")]
    [InlineData("1e400", "-1e400")]
    [InlineData("1e99999999999999999999999999999999999999999999", "1e400")]
    [InlineData("12345678901234567890123456789012345", "12345678901234567890123456789012346")]
    [InlineData("0.12345678901234567890123456789012345", "0.12345678901234567890123456789012346")]
    public void All_digits_of_a_number_in_JSON_count(string one, string other)
        => AssertDifferent("JsonElement", $"JsonElement.Parse(\"{one}\")", $"JsonElement.Parse(\"{other}\")");

    [Theory]
    [InlineData("1e400", "10E+399")]
    [InlineData("1e-31", "0.0000000000000000000000000000001")]
    [InlineData("12345678901234567890123456789012345.0", "1.2345678901234567890123456789012345e34")]
    [InlineData("-0.0e5", "0")]
    public void One_number_in_JSON_may_be_written_in_many_ways(string one, string other)
        => AssertSame("JsonElement", $"JsonElement.Parse(\"{one}\")", $"JsonElement.Parse(\"{other}\")");

    [Theory]
    [InlineData("string", "\"a\\ud83d\"", "\"a\\ud83e\"")]
    [InlineData("string", "\"\\ud83d\"", "\"\\ufffd\"")]
    [InlineData("string", "\"\\ude00\\ud83d\\U0001F600\"", "\"\\ude01\\ud83d\\U0001F600\"")]
    [InlineData("char", "'\\ud83d'", "'\\ud83e'")]
    public void Halves_of_surrogate_pairs_count(string type, string one, string other) => AssertDifferent(type, one, other);

    [Theory]
    [InlineData("JsonElement", "default")]
    [InlineData("E", "new()")]
    public void What_has_no_JSON_has_no_fingerprint(string type, string value)
    {
        var sample = Build(type, value, value, "[JsonConverter(typeof(C))] public class E; public class C : JsonConverter<E> { public override E Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(); public override void Write(Utf8JsonWriter writer, E value, JsonSerializerOptions options) => throw new FormatException(\"on purpose\"); }");
        Assert.Throws<PayloadException>(() => sample.Fingerprint("One"));
    }

    [Theory]
    [InlineData("int[]")]
    [InlineData("List<int>")]
    [InlineData("IReadOnlyList<int>")]
    [InlineData("ImmutableArray<int>")]
    [InlineData("ImmutableQueue<int>")]
    [InlineData("System.Collections.ObjectModel.Collection<int>")]
    public void The_order_of_a_list_counts(string type) => AssertDifferent(type, "[1, 2]", "[2, 1]");

    [Fact]
    public void The_order_of_an_ordered_dictionary_counts()
        => AssertDifferent("OrderedDictionary<int, int>", "new() { [1] = 2, [3] = 4 }", "new() { [3] = 4, [1] = 2 }");

    [Theory]
    [InlineData("public string? Note { get; init; }")]
    [InlineData("public int? Note { get; set; }")]
    [InlineData("public List<int>? Note { get; set; }")]
    public void An_added_nullable_property_that_is_null_does_not_count(string property) => AssertSameAfterAdding(property);

    [Theory]
    [InlineData("public int Note { get; init; }")]
    [InlineData("public int Note { get; init; } = 5;")]
    [InlineData("public long Note { get; init; } = 5;")]
    [InlineData("public string Note { get; init; } = \"EUR\";")]
    [InlineData("public string Note { get; init; } = string.Empty;")]
    [InlineData("public string Note { get; init; } = null!;")]
    [InlineData("public decimal Note { get; init; } = 1.50m;")]
    [InlineData("public DayOfWeek Note { get; init; } = DayOfWeek.Friday;")]
    [InlineData("public DayOfWeek? Note { get; init; } = DayOfWeek.Friday;")]
    [InlineData("public double Note { get; init; } = double.NaN;")]
    [InlineData("public Guid Note { get; init; }")]
    [InlineData("public KeyValuePair<int, int> Note { get; init; }")]
    [InlineData("public List<int> Note { get; init; } = [];")]
    [InlineData("public Dictionary<string, int> Note { get; init; } = new();")]
    [InlineData("public IReadOnlySet<int> Note { get; init; } = new HashSet<int>();")]
    [InlineData("public int[] Note { get; init; } = []; public IReadOnlyList<int> More { get; init; } = [];")]
    [InlineData("public ImmutableArray<int> Note { get; init; }")]
    [InlineData("public ImmutableArray<int> Note { get; init; } = [];")]
    [InlineData("public ImmutableQueue<int> Note { get; init; } = [];")]
    [InlineData("public ImmutableList<int> Note { get; init; } = ImmutableList<int>.Empty;")]
    [InlineData("public IImmutableDictionary<string, int> Note { get; init; } = ImmutableDictionary<string, int>.Empty;")]
    [InlineData("public ImmutableArray<int> Note { get; init; } = ImmutableArray<int>.Empty;")]
    [InlineData("public System.Collections.Frozen.FrozenSet<int> Note { get; init; } = System.Collections.Frozen.FrozenSet<int>.Empty;")]
    [InlineData("public Memory<byte> Note { get; init; }")]
    [InlineData("public JsonElement? Note { get; init; }")]
    [InlineData("public int Note => A * 2;")]
    public void An_added_property_with_its_declared_default_does_not_count(string property) => AssertSameAfterAdding(property);

    [Fact]
    public void An_added_parameter_with_its_declared_default_does_not_count()
    {
        var sample = PayloadSample.Build("""
            public static class Sample { public static V1.R One => new(1); public static V2.R Other => new(1); }
            namespace V1 { public record R(int A); }
            namespace V2 { public record R(int A, string Currency = "EUR", int? Limit = 4); }
            """);
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Theory]
    [InlineData("{ Note = 0 }", "public int Note { get; init; } = 5;")]
    [InlineData("{ Note = [1] }", "public List<int> Note { get; init; } = [];")]
    [InlineData("{ Note = \"\" }", "public string? Note { get; init; }")]
    public void An_added_property_with_another_value_counts(string value, string property)
    {
        var sample = Added(property, value);
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void A_required_member_without_a_declared_default_counts_at_any_value()
    {
        var sample = Added("public required int Note { get; init; }", "{ Note = 0 }");
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void Members_declared_in_another_order_do_not_count()
    {
        var sample = PayloadSample.Build("""
            public static class Sample { public static V1.R One => new(1, 2); public static V2.R Other => new(2, 1); }
            namespace V1 { public record R(int A, int B); }
            namespace V2 { public record R(int B, int A); }
            """);
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void Members_count_by_their_stored_names()
    {
        var sample = PayloadSample.Build("""
            public static class Sample { public static V1.R One => new(1, 2); public static V2.R Other => new(1, 2); }
            namespace V1 { public record R(int A, int B); }
            namespace V2 { public record R([property: JsonPropertyName("B")] int Z, [property: JsonPropertyName("A")] int Y); }
            """);
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    [Fact]
    public void A_type_with_a_users_converter_counts_by_its_JSON() => AssertDifferent("E", "E.A", "E.B", "[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { A, B }");

    [Fact]
    public void An_argument_that_is_not_fingerprinted_does_not_count()
        => AssertSame("Arguments", "new(1, 2)", "new(1, 3)", "public class Arguments(int a, [Durable.NotFingerprinted] int b) { public int a { get; } = a; public int b { get; } = b; }");

    private static void AssertSameAfterAdding(string property)
    {
        var sample = Added(property, "");
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    private static PayloadSample Added(string property, string value) => PayloadSample.Build($$"""
        public static class Sample { public static V1.R One => new() { A = 1 }; public static V2.R Other => new V2.R {{(value == "" ? "{ A = 1 }" : value.Replace("{", "{ A = 1,"))}}; }
        namespace V1 { public record R { public int A { get; init; } } }
        namespace V2 { public record R { public int A { get; init; } {{property}} } }
        """);

    private static void AssertSame(string type, string one, string other, string declaration = "")
    {
        var sample = Build(type, one, other, declaration);
        Assert.Equal(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    private static void AssertDifferent(string type, string one, string other, string declaration = "")
    {
        var sample = Build(type, one, other, declaration);
        Assert.NotEqual(sample.Fingerprint("One"), sample.Fingerprint("Other"));
    }

    private static PayloadSample Build(string type, string one, string other, string declaration)
        => PayloadSample.Build($"public static class Sample {{ public static {type} One => {one}; public static {type} Other => {other}; }} {declaration}");
}
