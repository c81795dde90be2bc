namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>A payload type for each shape that is stored, in one text.</summary>
internal static class EveryShape
{
    private static readonly string[] s_scalars =
    [
        "bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double", "decimal", "char", "string", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "Version",
        "Tiny", "Bytes", "Small", "Shorts", "Plain", "Unsigned", "Large", "Largest", "Access", "Named", "NamedAccess", "Spelled",
    ];

    private static readonly string[] s_others = ["byte[]", "Memory<byte>", "ReadOnlyMemory<byte>", "JsonElement", "JsonDocument", "JsonNode", "JsonObject", "JsonArray", "JsonValue"];

    private static readonly string[] s_lists =
    [
        "{0}[]", "List<{0}>", "IList<{0}>", "ICollection<{0}>", "IEnumerable<{0}>", "IReadOnlyList<{0}>", "IReadOnlyCollection<{0}>", "LinkedList<{0}>", "Queue<{0}>", "ConcurrentQueue<{0}>", "Collection<{0}>", "ObservableCollection<{0}>",
        "ReadOnlyCollection<{0}>", "ReadOnlyObservableCollection<{0}>", "ImmutableArray<{0}>", "ImmutableList<{0}>", "IImmutableList<{0}>", "ImmutableQueue<{0}>", "IImmutableQueue<{0}>",
    ];

    private static readonly string[] s_sets = ["HashSet<{0}>", "SortedSet<{0}>", "ISet<{0}>", "IReadOnlySet<{0}>", "ReadOnlySet<{0}>", "ImmutableHashSet<{0}>", "ImmutableSortedSet<{0}>", "IImmutableSet<{0}>", "FrozenSet<{0}>"];

    private static readonly string[] s_dictionaries =
    [
        "Dictionary<{0}, {1}>", "SortedDictionary<{0}, {1}>", "SortedList<{0}, {1}>", "OrderedDictionary<{0}, {1}>", "IDictionary<{0}, {1}>", "IReadOnlyDictionary<{0}, {1}>", "ConcurrentDictionary<{0}, {1}>", "ReadOnlyDictionary<{0}, {1}>",
        "ImmutableDictionary<{0}, {1}>", "ImmutableSortedDictionary<{0}, {1}>", "IImmutableDictionary<{0}, {1}>", "FrozenDictionary<{0}, {1}>",
    ];

    private static readonly string[] s_rest =
    [
        "(int A, string B)", "(int, string)?", "ValueTuple<int>", "(int, int, int, int, int, int, int)", "(int, int, int, int, int, int, int, string Last)", "(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, decimal)",
        "Tuple<int, string>", "Tuple<int, int, int, int, int, int, int, Tuple<string, double>>", "(double, (float, DateTimeOffset?), List<(int, Pet)>)", "KeyValuePair<string, int>", "KeyValuePair<Guid, Point?>?", "Dictionary<string, (int, Sku)>",
        "Dictionary<Sku, int>", "HashSet<Point>", "HashSet<(int, string)>", "List<int?[]>", "int[][]", "Dictionary<int, List<Dictionary<string, Tree>>>", "Point", "Point?", "Mutable", "Made", "Order", "Line", "Late", "Parameters", "Hidden", "Private", "Outer.Inner", "Outer.Inner.Deep?",
        "Tree", "Chain", "Box<int>", "Box<string?>", "Box<Box<DateTimeOffset>>", "Pair<Point, List<Pet>>", "Renamed", "Ignored", "Converted", "Sku", "Sku[]", "Pet", "List<Pet>", "Dog", "IShape", "IShape[]", "Vehicle", "Car", "Message", "Numbers", "Ordered", "Derived", "Shadow", "Filled", "Fields", "Required", "Jsons", "Verbatim", "Callbacks",
    ];

    /// <summary>The text: a class <c>Sample</c> with a property for each type, and the types.</summary>
    public static string Source { get; } = $$"""
        using System.Text.Json.Nodes; using System.Collections.Concurrent; using System.Collections.Frozen; using System.Collections.ObjectModel;
        #nullable disable warnings
        #pragma warning disable CS0108
        public static class Sample
        {
        {{string.Concat(Types().Distinct().Select((type, index) => $"    public static {type} P{index} => default!;\n"))}}
        }
        {{Declarations}}
        """;

    private const string Declarations = """
        public enum Tiny : sbyte { Low = sbyte.MinValue, Zero = 0, High = sbyte.MaxValue } public enum Bytes : byte { Zero, Top = 255 } public enum Small : short { Low = short.MinValue, One = 1 } public enum Shorts : ushort { One = 1, Top = ushort.MaxValue }
        public enum Plain { None, One, Minus = -1 } public enum Unsigned : uint { One = 1, Top = uint.MaxValue } public enum Large : long { Low = long.MinValue, One = 1 } public enum Largest : ulong { One = 1, Top = ulong.MaxValue }
        [Flags] public enum Access { None, Read = 1, Write = 2, Own = 8 }
        [JsonConverter(typeof(JsonStringEnumConverter<Named>))] public enum Named { None, One, ÜÜ } [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum NamedAccess : byte { None, Read = 1, Write = 2, Own = 8 }
        [JsonConverter(typeof(JsonStringEnumConverter<Spelled>))] public enum Spelled { [JsonStringEnumMemberName("no-thing")] None, [JsonStringEnumMemberName("ö <>")] One }

        public readonly record struct Point(int X, double Y = -1.5); public struct Mutable { public int A { get; set; } public string? B { get; init; } [JsonInclude] public Point C; } public struct Made() { public int A { get; init; } = 7; public List<int>? B { get; set; } = []; }
        public sealed record Order(string Id, decimal Amount, List<Line>? Lines, string Currency = "EUR", DayOfWeek Day = DayOfWeek.Friday, int? Limit = 4) { public DateTimeOffset At { get; init; } public double Rate { get; init; } = 0.5; public required string Note { get; set; } }
        public record Line(string Sku, int Count) { public decimal Price { get; init; } = 1.00m; public string[] Tags { get; init; } = []; public int Total => Count * 2; }
        public class Late { public required int A { get; init; } public required string? B { get; set; } public double C { get; init; } public float D { get; set; } public Half E { get; set; } public DateTime F { get; set; } public DateTimeOffset G { get; set; } public double? H { get; set; } = 0; public decimal I { get; set; } = 1.50m; }
        public class Parameters(int a, string b, double rate = 0, Point? point = null) { public int A { get; } = a; public string B { get; } = b; public double Rate { get; } = rate; public Point? Point { get; } = point; public int Later { get; set; } = 3; }
        public class Hidden { [JsonConstructor] private Hidden(int a) => A = a; public int A { get; } [JsonInclude] public string? B { get; private set; } }
        public class Private { [JsonInclude] public int A { get; private set; } [JsonInclude] public List<int>? B { get; internal set; } [JsonInclude] internal string? C { get; init; } }
        public static class Outer { public record Inner(int A, Inner.Deep? D) { public record struct Deep(Guid Id, Inner[]? More); } }
        public record Tree(string Name, Tree? Left, List<Tree?>? More, Dictionary<string, Tree>? Named); public class Chain { public Chain? Next { get; set; } public (int, Chain?) Pair { get; set; } public IShape? Shape { get; set; } }
        public class Box<T> { public T? Value { get; set; } public required T Other { get; init; } public List<T>? More { get; init; } } public record Pair<A, B>(A First, B Second) { public KeyValuePair<A, B> Both { get; init; } }
        public class Renamed { [JsonPropertyName("a-b")] public int A { get; init; } [JsonPropertyName("")] public int B { get; set; } [JsonPropertyName("ü\"\\ \u2028")] public string? C { get; set; } [JsonPropertyName("B")] public int D { get; set; } [JsonPropertyName("$id")] public int E { get; set; } }
        public class Ignored
        {
            [JsonIgnore] public Stream? A { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? B { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int C { get; init; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public List<int>? D { get; init; } [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int? E { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Guid? F { get; set; }
        }
        public class Converted { [JsonConverter(typeof(JsonStringEnumConverter<Plain>))] public Plain A { get; set; } [JsonConverter(typeof(JsonStringEnumConverter))] public Plain? B { get; init; } [JsonConverter(typeof(SkuConverter))] public Sku? C { get; set; } public Sku? D { get; set; } }
        [JsonConverter(typeof(SkuConverter))] public sealed record Sku { public Sku(string? text) => Text = text ?? ""; public string Text { get; } public override string ToString() => "sku " + Text; }
        public class SkuConverter : JsonConverter<Sku>
        {
            public override Sku Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!); public override void Write(Utf8JsonWriter writer, Sku value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
            public override Sku ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!); public override void WriteAsPropertyName(Utf8JsonWriter writer, Sku value, JsonSerializerOptions options) => writer.WritePropertyName(value.Text);
        }
        [JsonDerivedType(typeof(Dog), "dog"), JsonDerivedType(typeof(Cat), 7)] public abstract record Pet(string Name) { public int Age { get; init; } = 1; } public record Dog(string Name, bool Barks) : Pet(Name); public sealed record Cat(string Name) : Pet(Name) { public Pet? Friend { get; init; } }
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "")] public interface IShape; public class Circle : IShape { public float Radius { get; set; } } public readonly record struct Square(int Size, string? Name) : IShape;
        [JsonDerivedType(typeof(Vehicle), 0), JsonDerivedType(typeof(Car), 1)] public class Vehicle { public int Wheels { get; set; } = 4; } [JsonDerivedType(typeof(Van), "van")] public class Car : Vehicle { public string? Plate { get; init; } } public class Van : Car { public long Load { get; set; } }
        [JsonDerivedType(typeof(Reply), "reply")] public class Message { public string? Text { get; set; } } public class Reply : Message { public Message? To { get; set; } }
        [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public class Numbers { public int A { get; set; } public List<double>? B { get; set; } public decimal? C { get; set; } [JsonNumberHandling(JsonNumberHandling.Strict)] public long D { get; set; } public Dictionary<int, float>? E { get; set; } }
        public class Ordered { [JsonPropertyOrder(3)] public int A { get; set; } public int B { get; set; } [JsonPropertyOrder(-1)] public string? C { get; set; } [JsonPropertyOrder(3)] public int D { get; set; } }
        public abstract class Ancestor<T> { public T? Base { get; init; } public virtual int V { get; set; } public required string R { get; init; } } public sealed class Derived : Ancestor<Guid> { public int A { get; set; } public override int V { get; set; } = 2; }
        public class Ground { public int A { get; set; } public int H { get; set; } } public class Shadow : Ground { public new string? H { get; init; } }
        public class Filled { public List<int> A { get; } = []; public Dictionary<string, Point> B { get; } = []; public HashSet<string> C { get; } = []; public ISet<int> D { get; } = new HashSet<int>(); }
        public class Fields { [JsonInclude] public int A; [JsonInclude] public string? B = "b"; [JsonInclude, JsonPropertyName("c")] public List<Point>? C; public required int D { get; init; } }
        public class Required { [JsonRequired] public int A { get; set; } [JsonRequired, JsonInclude] public string? B; public required Required? C { get; init; } } public class Jsons { public JsonNode? A { get; set; } public JsonObject? B { get; init; } public JsonDocument? D { get; set; } public JsonValue? E { get; set; } }
        public class Verbatim { public int @class { get; init; } public string? @event { get; set; } public int Ünïcode { get; set; } } public class Callbacks : IJsonOnSerializing, IJsonOnDeserialized { public int A { get; set; } public void OnSerializing() { } public void OnDeserialized() { } }
        """;

    private static IEnumerable<string> Types() =>
    [
        .. s_scalars, .. s_others, .. s_scalars.Except(["string", "Uri", "Version"]).Select(type => type + "?"), "ReadOnlyMemory<byte>?", .. s_lists.Select(list => string.Format(null, list, "int")), .. s_lists.Select(list => string.Format(null, list, "Order")),
        .. s_sets.Select(set => string.Format(null, set, "string")), .. s_sets.Select(set => string.Format(null, set, "decimal")), .. s_sets.Where(set => !set.Contains("Sorted")).Select(set => string.Format(null, set, "DateTimeOffset")),
        .. s_scalars.Select(key => $"Dictionary<{key}, int>"), .. s_dictionaries.Select(dictionary => string.Format(null, dictionary, "string", "Point?")), .. s_dictionaries.Select(dictionary => string.Format(null, dictionary, "decimal", "string")), .. s_rest,
    ];
}
