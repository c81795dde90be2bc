using System.Text;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What System.Text.Json loses in silence is kept here, or refused by an error that names the member, or written down in the guide's page on payloads.</summary>
public sealed class FidelityTests
{
    private static readonly PayloadSample s_sample = PayloadSample.Build("""
        using System.Text.Json.Nodes;
        public static class Sample
        {
            public static R NaN => new() { Double = double.NaN };
            public static R Infinity => new() { Singles = [1, float.PositiveInfinity] };
            public static R HalfInfinity => new() { Half = Half.NegativeInfinity };
            public static R InDictionary => new() { ByName = new() { ["a"] = 1, ["b"] = double.NaN } };
            public static R Surrogate => new() { Text = "\ud83d" };
            public static R SurrogateInNode => new() { Node = new JsonObject { ["a"] = new JsonArray(1, "\ud83d") } };
            public static R SurrogateInName => new() { Node = new JsonArray(new JsonObject { ["\ude00"] = 1 }) };
            public static R SurrogateCharacter => new() { Node = JsonValue.Create('\ud83d') };
            public static R SurrogateInLink => new() { Link = new("a/\ud83d", UriKind.Relative) };
            public static R SurrogateInKey => new() { ByLink = new() { [new("a/\ud83d", UriKind.Relative)] = 1 } };
            public static R SurrogateEscaped => new() { Element = JsonElement.Parse("\"\\ud83d\"") };
            public static R Whole => new() { Node = new JsonObject { ["\U0001F600"] = "\U0001F600" }, Link = new("\U0001F600", UriKind.Relative) };
            public static R Plain => new();
            public static double NegativeZero => -0.0;
            public static double Zero => 0.0;
            public static decimal NegativeDecimalZero => -0.0m;
            public static decimal DecimalZero => 0m;
            public static DateTime Local => new(2026, 7, 2, 3, 4, 5, DateTimeKind.Local);
            public static DateTime Utc => new(2026, 7, 2, 3, 4, 5, DateTimeKind.Utc);
            public static DateTime Unspecified => new(2026, 7, 2, 3, 4, 5, DateTimeKind.Unspecified);
            public static Dictionary<string, int> CaseInsensitive => new(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 };
            public static HashSet<string> CaseInsensitiveSet => new(StringComparer.OrdinalIgnoreCase) { "A" };
            public static List<R> Shared { get { var one = new R(); return [one, one]; } }
            public static List<R> Twice => [new(), new()];
        }
        public class R
        {
            public double Double { get; set; }
            public List<float> Singles { get; set; } = [];
            public Half Half { get; set; }
            public Dictionary<string, double> ByName { get; set; } = [];
            public string Text { get; set; } = "";
            public JsonNode? Node { get; set; }
            public Uri? Link { get; set; }
            public Dictionary<Uri, int>? ByLink { get; set; }
            public JsonElement? Element { get; set; }
        }
        """);

    [Theory]
    [InlineData("NaN", "'$.Double'")]
    [InlineData("Infinity", "'$.Singles[1]'")]
    [InlineData("HalfInfinity", "'$.Half'")]
    [InlineData("InDictionary", "'$.ByName.b'")]
    [InlineData("Surrogate", "'$.Text'")]
    [InlineData("SurrogateInNode", "'$.Node'")]
    [InlineData("SurrogateInName", "'$.Node'")]
    [InlineData("SurrogateCharacter", "'$.Node'")]
    [InlineData("SurrogateInLink", "'$.Link'")]
    [InlineData("SurrogateInKey", "'$.ByLink'")]
    [InlineData("SurrogateEscaped", "'$.Element'")]
    public void A_value_that_JSON_has_no_form_for_is_refused_and_its_member_named(string payload, string path)
    {
        var message = Assert.Throws<PayloadException>(() => Write(payload)).Message;
        Assert.StartsWith($"The payload cannot be stored as 'R' at {path}: ", message);
    }

    [Fact]
    public void Whole_surrogate_pairs_are_kept_in_links_and_in_JSON_built_in_code()
        => Assert.Contains("\"Node\":{\"\\uD83D\\uDE00\":\"\\uD83D\\uDE00\"},\"Link\":\"\\uD83D\\uDE00\"", Encoding.UTF8.GetString(Write("Whole")));

    [Fact]
    public void The_sign_of_a_negative_zero_is_kept() => Assert.True(double.IsNegative((double)Again("NegativeZero")!));

    [Fact]
    public void A_negative_zero_has_another_fingerprint_than_zero() => Assert.NotEqual(Fingerprint("Zero"), Fingerprint("NegativeZero"));

    [Fact]
    public void A_decimal_that_is_zero_loses_its_sign_and_keeps_its_scale() => Assert.Equal("0.0", Encoding.UTF8.GetString(Write("NegativeDecimalZero")));

    [Fact]
    public void A_decimal_that_is_zero_has_one_fingerprint_whatever_its_sign_and_scale() => Assert.Equal(Fingerprint("DecimalZero"), Fingerprint("NegativeDecimalZero"));

    [Theory]
    [InlineData("Local", DateTimeKind.Local)]
    [InlineData("Utc", DateTimeKind.Utc)]
    [InlineData("Unspecified", DateTimeKind.Unspecified)]
    public void The_kind_of_a_time_is_kept(string payload, DateTimeKind kind)
    {
        var again = (DateTime)Again(payload)!;
        Assert.Equal(kind, again.Kind);
        Assert.Equal(StoredForm.Of(s_sample, payload).Value, again);
    }

    [Fact]
    public void A_local_time_is_the_same_instant_on_a_machine_of_another_time_zone()
    {
        var read = (DateTime)StoredForm.Of(s_sample, "Local").Read("\"2026-07-02T03:04:05+05:00\""u8)!;
        Assert.Equal(new DateTimeOffset(2026, 7, 2, 3, 4, 5, TimeSpan.FromHours(5)), new DateTimeOffset(read));
    }

    [Fact]
    public void A_dictionary_loses_its_comparer_which_the_guide_says()
        => Assert.False(((Dictionary<string, int>)Again("CaseInsensitive")!).ContainsKey("a"));

    [Fact]
    public void A_set_loses_its_comparer_which_the_guide_says()
        => Assert.DoesNotContain("a", (HashSet<string>)Again("CaseInsensitiveSet")!);

    [Fact]
    public void One_object_in_two_places_becomes_two_equal_ones_which_the_guide_says()
    {
        var again = (System.Collections.IList)Again("Shared")!;
        Assert.NotSame(again[0], again[1]);
        Assert.Equal(Write("Twice"), Write("Shared"));
    }

    private static byte[] Write(string payload)
    {
        var form = StoredForm.Of(s_sample, payload);
        return form.Write(form.Value);
    }

    private static object? Again(string payload) => StoredForm.Of(s_sample, payload).Read(Write(payload));

    private static long Fingerprint(string payload)
    {
        var form = StoredForm.Of(s_sample, payload);
        return form.Fingerprint(form.Value);
    }
}
