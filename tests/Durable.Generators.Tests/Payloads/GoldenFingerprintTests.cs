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
            public static (int, string) Pair => (1, "b");
            public static (int Count, string? Name)? NamedPair => (1, null);
            public static ValueTuple<int> Single => new(1);
            public static (int, int, int, int, int, int, int, string) Eight => (1, 2, 3, 4, 5, 6, 7, "h");
            public static (int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, string) Long => (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, "p");
            public static (int, (string, int?), (int, int)[]) Nested => (1, ("a", null), [(2, 3), (4, 5)]);
            public static Tuple<int, int, int, int, int, int, int, Tuple<string>> ClassLong => new(1, 2, 3, 4, 5, 6, 7, new("h"));
            public static Pet Dog => new Dog("Rex", true) { Age = 2 };
            public static Pet Cat => new Cat("Tom") { Friend = new Dog("Max", false) };
            public static IFigure Circle => new Circle { Radius = 1.5 };
            public static Vehicle Self => new() { Wheels = 3 };
            public static Vehicle Car => new Car { Plate = "B-1" };
            public static Message Base => new() { Text = "t" };
            public static LinkedList<int> Linked => new([3, 1, 2]);
            public static Queue<int> Queue => new([3, 1, 2]);
            public static ImmutableArray<int> ImmutableArray => [3, 1, 2];
            public static ImmutableArray<int> NoArray => default;
            public static ImmutableQueue<int> ImmutableQueue => [3, 1, 2];
            public static SortedSet<int> SortedSet => [3, 1, 2];
            public static System.Collections.Frozen.FrozenSet<int> FrozenSet => System.Collections.Frozen.FrozenSet.ToFrozenSet([3, 1, 2]);
            public static SortedDictionary<string, int> SortedMap => new() { ["b"] = 1, ["a"] = 2 };
            public static OrderedDictionary<string, int> OrderedMap => new() { ["b"] = 1, ["a"] = 2 };
            public static ImmutableDictionary<string, int> ImmutableMap => ImmutableDictionary<string, int>.Empty.Add("b", 1).Add("a", 2);
            public static KeyValuePair<string, int> KeyAndValue => new("k", 1);
            public static Dictionary<double, int> ByDouble => new() { [-0.0] = 1, [1.5] = 2 };
            public static Dictionary<Guid, int> ById => new() { [Guid.AllBitsSet] = 1 };
            public static Dictionary<DayOfWeek, int> ByDay => new() { [DayOfWeek.Friday] = 1, [(DayOfWeek)99] = 2 };
            public static Dictionary<DateTimeOffset, int> ByTime => new() { [Offset] = 1 };
            public static Dictionary<Uri, int> ByLink => new() { [Link] = 1 };
            public static JsonElement Element => JsonElement.Parse("{\"b\":[1.50,null,true],\"a\":\"é\",\"c\":null}");
            public static JsonDocument Document => JsonDocument.Parse("[1,{}]");
            public static System.Text.Json.Nodes.JsonNode Node => new System.Text.Json.Nodes.JsonObject { ["b"] = new System.Text.Json.Nodes.JsonArray(1), ["a"] = 2.50m };
            public static JsonElement TinyNumber => JsonElement.Parse("1e-31");
            public static JsonElement LargeNumber => JsonElement.Parse("1e300");
            public static JsonElement EndlessNumber => JsonElement.Parse("12345678901234567890123456789012345.0");
            public static JsonElement BeyondNumber => JsonElement.Parse("-1e400");
            public static ReadOnlyMemory<byte> Memory => new byte[] { 1, 2, 255 };
            public static string Half => "a\ud83d";
            public static char Character => 'x';
            public static Half Small => (System.Half)1.5;
            public static float Float => 0.1f;
            public static UInt128 Huge => UInt128.MaxValue;
            public static Named ByName => Named.Paid;
            public static Largest Unsigned => Largest.Top;
            public static Late Late => new() { Rate = -0.0, At = DateTime.SpecifyKind(default, DateTimeKind.Utc) };
        }
        [JsonDerivedType(typeof(Dog), "dog"), JsonDerivedType(typeof(Cat), 7)] public abstract record Pet(string Name) { public int Age { get; init; } = 1; } public record Dog(string Name, bool Barks) : Pet(Name); public record Cat(string Name) : Pet(Name) { public Pet? Friend { get; init; } }
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Circle), "circle")] public interface IFigure; public class Circle : IFigure { public double Radius { get; set; } }
        [JsonDerivedType(typeof(Vehicle), 0), JsonDerivedType(typeof(Car), 1)] public class Vehicle { public int Wheels { get; set; } = 4; } public class Car : Vehicle { public string? Plate { get; init; } }
        [JsonDerivedType(typeof(Reply), "reply")] public class Message { public string? Text { get; set; } } public class Reply : Message { public Message? To { get; set; } }
        [JsonConverter(typeof(JsonStringEnumConverter<Named>))] public enum Named { New, Paid } public enum Largest : ulong { Top = ulong.MaxValue } public class Late { public double Rate { get; set; } public DateTime At { get; init; } public int Count { get; init; } = 3; }
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
    [InlineData("Pair", 4435518400668247751)]
    [InlineData("NamedPair", -6240789436037076646)]
    [InlineData("Single", 3838730916075528197)]
    [InlineData("Eight", 5450081359327376971)]
    [InlineData("Long", 6621861973273919763)]
    [InlineData("Nested", -6501504957964209257)]
    [InlineData("ClassLong", 5450081359327376971)]
    [InlineData("Dog", 4572424481084318372)]
    [InlineData("Cat", 8135461158498183316)]
    [InlineData("Circle", -6153286916357663722)]
    [InlineData("Self", 2940754872846625074)]
    [InlineData("Car", 4059227880771523097)]
    [InlineData("Base", -1027129440679911826)]
    [InlineData("Linked", 5319258147295767411)]
    [InlineData("Queue", 5319258147295767411)]
    [InlineData("ImmutableArray", 5319258147295767411)]
    [InlineData("NoArray", 1951943061249171757)]
    [InlineData("ImmutableQueue", 5319258147295767411)]
    [InlineData("SortedSet", 6542951142269697735)]
    [InlineData("FrozenSet", 6542951142269697735)]
    [InlineData("SortedMap", 7521238674016425897)]
    [InlineData("OrderedMap", -5468350820482267410)]
    [InlineData("ImmutableMap", 7521238674016425897)]
    [InlineData("KeyAndValue", 4477188632670258866)]
    [InlineData("ByDouble", -6914950593037449423)]
    [InlineData("ById", 8595235762978119531)]
    [InlineData("ByDay", 1503992797049074086)]
    [InlineData("ByTime", 8098025266068276762)]
    [InlineData("ByLink", 4449907874533710248)]
    [InlineData("Element", -4780899493814631416)]
    [InlineData("Document", -3463740807050080624)]
    [InlineData("Node", 2627351233214905130)]
    [InlineData("TinyNumber", 3923183232799389893)]
    [InlineData("LargeNumber", -34090176868229102)]
    [InlineData("EndlessNumber", -2783909486075104328)]
    [InlineData("BeyondNumber", -3702700056688511823)]
    [InlineData("Memory", 3102362641854814397)]
    [InlineData("Half", -2242686714901868166)]
    [InlineData("Character", -126010793627476209)]
    [InlineData("Small", -2500981662272330212)]
    [InlineData("Float", -7887918416630142544)]
    [InlineData("Huge", 7511762480343088729)]
    [InlineData("ByName", -246802498073920679)]
    [InlineData("Unsigned", -7433602102903637569)]
    [InlineData("Late", 6431548400427632355)]
    public void The_fingerprint_of_a_fixed_value_never_changes(string value, long golden)
    {
        var form = StoredForm.Of(s_sample, value);
        Assert.Equal(golden, form.Fingerprint(form.Value));
    }

    // By the type that it was stored as, and by those that came later.
    [Theory]
    [InlineData("order", 5995191355667382654, "Same", "Widened", "WidenedHuge", "WidenedDecimal", "Nullables", "NonNullText", "Renamed", "Class", "ClassOfParameters", "Properties", "Struct", "MutableStruct", "Derived", "Reordered", "Strict")]
    [InlineData("items", -3154854506705842810, "Lists", "Arrays", "Immutables", "ImmutableLists", "Interfaces", "Sequences", "Filled", "QueuedItems")]
    [InlineData("items", -1569992943400337782, "Sets", "SortedItems", "FrozenItems")]
    [InlineData("state", 7071763485495896726, "Enums", "WiderEnums")]
    [InlineData("stock", 6838629403574593626, "Stock", "WiderStock")]
    [InlineData("tuples", 2617716182625566854, "Tuples", "WiderTuples")]
    [InlineData("message", -1027129440679911826, "Message", "MessagePlain")]
    [InlineData("animals", 3093253509966000112, "Animals")]
    [InlineData("collections", 5665974861627303934, "Collections")]
    [InlineData("keys", 1548613492671783134, "Keys")]
    [InlineData("pairs", 933344742699367711, "Pairs")]
    [InlineData("json", -5221695837278179097, "Jsons")]
    [InlineData("tree", -3721048022861345606, "Tree")]
    [InlineData("scalars", 3829604778878187438, "Scalars")]
    [InlineData("amounts", 1581402635905581134, "Amounts")]
    public void The_fingerprint_of_an_old_form_never_changes_whatever_becomes_of_its_type(string file, long golden, params string[] types)
        => Assert.All(types, type =>
        {
            var form = StoredForm.Of(GoldenTypes.Sample, type);
            Assert.Equal(golden, form.Fingerprint(form.Read(GoldenTests.Bytes(file))));
        });
}
