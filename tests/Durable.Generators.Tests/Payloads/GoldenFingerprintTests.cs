namespace Durable.Generators.Tests.Payloads;

/// <summary>Fingerprints are stored and compared for years: those of fixed values never change.</summary>
public sealed class GoldenFingerprintTests
{
    private static readonly PayloadSample s_sample = PayloadSample.Build("""
        public static class Sample
        {
            public static int Integer => -7;
            public static decimal Decimal => 12.50m;
            public static double Double => 0.1;
            public static string Text => "<é😀>";
            public static bool Flag => true;
            public static Guid Id => new("01234567-89ab-cdef-0123-456789abcdef");
            public static DateTime Time => new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
            public static DateTime LocalTime => Time.ToLocalTime();
            public static DateTimeOffset Offset => new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
            public static DateOnly Date => new(2026, 1, 2);
            public static TimeOnly Clock => new(23, 59, 58, 7);
            public static TimeSpan Span => TimeSpan.FromMilliseconds(123456789);
            public static Uri Link => new("https://example.org/a?b=c");
            public static Version Version => new(1, 2, 3);
            public static byte[] Bytes => [1, 2, 255];
            public static DayOfWeek Day => DayOfWeek.Friday;
            public static int? Absent => null;
            public static List<string?> List => ["a", null];
            public static HashSet<int> Set => [30, 1, 2];
            public static Dictionary<string, int> Map => new() { ["b"] = 1, ["a"] = 2 };
            public static Order Order => new("o-1", 12.50m, [new("a", 1), new("b", 2) { Note = "n" }]);
            public static Tree Tree => new("root", new("left", null));
        }
        public record Order(string Id, decimal Amount, List<Line> Lines, string Currency = "EUR");
        public record Line([property: JsonPropertyName("sku")] string Article, int Count) { public string? Note { get; init; } }
        public record Tree(string Name, Tree? Next);
        """);

    [Theory]
    [InlineData("Integer", -6370243803008739210)]
    [InlineData("Decimal", 7698579416490328819)]
    [InlineData("Double", -7887918416630142544)]
    [InlineData("Text", 2284128363751745971)]
    [InlineData("Flag", -2037445290354929027)]
    [InlineData("Id", -2848836482951711056)]
    [InlineData("Time", 1631710110632966088)]
    [InlineData("LocalTime", 8821239146397062260)]
    [InlineData("Offset", 2021952208841672259)]
    [InlineData("Date", -7347210505724052824)]
    [InlineData("Clock", -5408908366517799922)]
    [InlineData("Span", -3870272655255563875)]
    [InlineData("Link", 2437816098579215900)]
    [InlineData("Version", 2001339582848512609)]
    [InlineData("Bytes", 3102362641854814397)]
    [InlineData("Day", -3687318330749906728)]
    [InlineData("Absent", 1951943061249171757)]
    [InlineData("List", -6544179401218648756)]
    [InlineData("Set", 9082996012671614950)]
    [InlineData("Map", 7521238674016425897)]
    [InlineData("Order", -1720906763005144222)]
    [InlineData("Tree", -3231290106363204421)]
    public void The_fingerprint_of_a_fixed_value_never_changes(string value, long golden)
    {
        var form = StoredForm.Of(s_sample, value);
        Assert.Equal(golden, form.Fingerprint(form.Value));
    }
}
