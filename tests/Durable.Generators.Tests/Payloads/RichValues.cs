using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Random values of a type with members of many kinds, as the JSON that they are stored as; and what may be done to it.</summary>
internal static class RichValues
{
    /// <summary>The type, the same with wider numbers, and the same with members that came later.</summary>
    public const string Types = """
        public record Rich(string Name, int Number, decimal Amount, double Ratio, bool Flag, Guid Id, DayOfWeek Day, DateTimeOffset At, byte[] Bytes, int? Maybe, string? Note,
            Part Part, List<Part> Parts, HashSet<int> Numbers, Dictionary<string, decimal> Prices, ImmutableArray<string> Names, Rich? Next = null);
        public sealed record Part(string Sku, int Count) { public decimal Price { get; init; } = 1m; public List<string> Tags { get; init; } = []; }

        public class Wide
        {
            public Wide? Next { get; set; } public required IReadOnlyList<string> Names { get; set; } public IReadOnlyDictionary<string, decimal> Prices { get; init; } = null!; public IReadOnlySet<long> Numbers { get; init; } = null!;
            public required WidePart[] Parts { get; init; } public required WidePart Part { get; init; } public string? Note { get; init; } public long? Maybe { get; init; } public byte[] Bytes { get; init; } = null!; public required DateTimeOffset At { get; set; }
            public required DayOfWeek Day { get; init; } public required Guid Id { get; init; } public required bool Flag { get; init; } public required double Ratio { get; init; } public required decimal Amount { get; init; } public required long Number { get; init; } public required string Name { get; init; }
            public string? Later { get; init; } public int? LaterNumber { get; set; } public List<int>? LaterList { get; set; } public string LaterDefault { get; init; } = "EUR";
        }
        public struct WidePart() { public List<string> Tags { get; init; } = []; public decimal Price { get; init; } = 1m; public required Int128 Count { get; init; } public required string Sku { get; init; } public bool? Later { get; init; } }
        """;

    /// <summary>Random values.</summary>
    public static Gen<JsonObject> All { get; } = Rich(depth: 2);

    /// <summary>Members of all objects in any order, and items of sets too.</summary>
    public static JsonNode? Shuffled(JsonNode? node, Random random, string name = "") => node switch
    {
        JsonObject of => new JsonObject(Mixed(of.ToList(), random).Select(member => KeyValuePair.Create(member.Key, Shuffled(member.Value, random, member.Key)))),
        JsonArray items => new JsonArray([.. (name == "Numbers" ? Mixed(items.ToList(), random) : items.AsEnumerable()).Select(item => Shuffled(item, random))]),
        _ => node?.DeepClone(),
    };

    /// <summary>Null members, and those with their declared default, left out.</summary>
    public static JsonNode? WithoutDefaults(JsonNode? node) => node switch
    {
        JsonObject of => new JsonObject(of.Where(member => member.Value is not null && !IsDefault(member.Key, member.Value)).Select(member => KeyValuePair.Create(member.Key, WithoutDefaults(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutDefaults)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Decimals with more zeros behind.</summary>
    public static JsonNode? WithZeros(JsonNode? node, string name = "") => node switch
    {
        JsonObject of => new JsonObject(of.Select(member => KeyValuePair.Create(member.Key, WithZeros(member.Value, name == "Prices" ? "Price" : member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => WithZeros(item))]),
        JsonValue value when name is "Amount" or "Price" => JsonValue.Create(value.GetValue<decimal>() + 0.000m),
        _ => node?.DeepClone(),
    };

    /// <summary>Every value that differs from this one in a single place.</summary>
    public static IEnumerable<(string Place, JsonObject Value)> Mutants(JsonObject value)
        => Places(value, "", []).Select(place =>
        {
            var mutant = (JsonObject)value.DeepClone();
            JsonNode parent = mutant;
            foreach (var step in place[..^1])
                parent = step is string name ? parent[name]! : parent[(int)step]!;
            if (place[^1] is string key)
                parent[key] = Changed(place.Contains("Prices") ? "Price" : key, parent[key]);
            else
                parent[(int)place[^1]] = Changed(place[^2] as string ?? "", parent[(int)place[^1]]);
            return (string.Join("/", place), mutant);
        });

    private static IEnumerable<object[]> Places(JsonNode? node, string name, object[] path) => node switch
    {
        JsonObject of => of.Where(member => member.Value is not null || member.Key is "Maybe" or "Note").SelectMany(member => Places(member.Value, member.Key, [.. path, member.Key])),
        JsonArray items => items.SelectMany((item, index) => Places(item, name, [.. path, index])),
        _ => [path],
    };

    private static JsonNode? Changed(string name, JsonNode? node) => name switch
    {
        "Maybe" => node is null ? 0 : null,
        "Note" => node is null ? "" : null,
        "Flag" => !node!.GetValue<bool>(),
        "Day" => (node!.GetValue<int>() + 1) % 7,
        "Id" => node!.GetValue<Guid>() == Guid.Empty ? new Guid(1, 0, 0, new byte[8]) : Guid.Empty,
        "At" => node!.GetValue<DateTimeOffset>().AddTicks(1),
        "Bytes" => Convert.ToBase64String([.. Convert.FromBase64String(node!.GetValue<string>()), 0]),
        "Amount" or "Price" => node!.GetValue<decimal>() + 0.01m,
        "Ratio" => Math.BitIncrement(node!.GetValue<double>()),
        "Number" or "Count" => node!.GetValue<int>() + 1,
        "Numbers" => node!.GetValue<int>() + 1_000,
        _ => node!.GetValue<string>() + "\0",
    };

    private static bool IsDefault(string name, JsonNode? value) => (name, value) switch
    {
        ("Price", JsonValue price) => price.GetValue<decimal>() == 1m,
        ("Tags", JsonArray { Count: 0 }) => true,
        _ => false,
    };

    private static List<T> Mixed<T>(List<T> items, Random random)
    {
        var mixed = items.ToArray();
        random.Shuffle(mixed);
        return [.. mixed];
    }

    private static Gen<JsonObject> Rich(int depth)
        => from name in Text
           from number in Gen.Choose(-3, 100_000)
           from amount in Money
           from ratio in Gen.Elements(0.0, -0.5, 1e-9, 1e300, 0.1)
           from flag in Gen.Elements(true, false)
           from id in Gen.Choose(0, 3)
           from day in Gen.Choose(0, 6)
           from ticks in Gen.Choose(0, int.MaxValue)
           from hours in Gen.Choose(-12, 12)
           from bytes in Gen.Choose(0, 255).ListOf()
           from maybe in Gen.Choose(-1, 2)
           from note in Text
           from hasNote in Gen.Elements(true, false)
           from part in Part
           from parts in Few(Part)
           from numbers in Few(Gen.Choose(0, 500))
           from prices in Few(Money)
           from names in Few(Text)
           from hasNext in Gen.Elements(true, false)
           from next in hasNext && depth > 0 ? Rich(depth - 1).Select(next => (JsonObject?)next) : Gen.Constant<JsonObject?>(null)
           select new JsonObject
           {
               ["Name"] = name, ["Number"] = number, ["Amount"] = amount, ["Ratio"] = ratio, ["Flag"] = flag, ["Id"] = new Guid(id, 0, 0, new byte[8]), ["Day"] = day,
               ["At"] = new DateTimeOffset(new DateTime(2026, 1, 1).AddTicks(ticks), TimeSpan.FromHours(hours)), ["Bytes"] = Convert.ToBase64String([.. bytes.Select(item => (byte)item)]),
               ["Maybe"] = maybe < 0 ? null : maybe, ["Note"] = hasNote ? note : null, ["Part"] = part.DeepClone(), ["Parts"] = Array(parts.Select(item => (JsonNode?)item.DeepClone())),
               ["Numbers"] = Array(numbers.Distinct().Select(item => (JsonNode?)item)), ["Prices"] = new JsonObject(prices.Select((price, index) => KeyValuePair.Create("p" + index, (JsonNode?)price))),
               ["Names"] = Array(names.Select(item => (JsonNode?)item)), ["Next"] = next?.DeepClone(),
           };

    private static Gen<JsonObject> Part
        => from sku in Text
           from count in Gen.Choose(-2, 2)
           from price in Money
           from tags in Few(Text)
           select new JsonObject { ["Sku"] = sku, ["Count"] = count, ["Price"] = price, ["Tags"] = Array(tags.Select(tag => (JsonNode?)tag)) };

    private static Gen<string> Text => Gen.Elements("a", "b", "\u00E9", "\U0001F600", "\"", "\\", "<", "\u2028", " ", "1").ListOf().Select(letters => string.Concat(letters.Take(6)));

    private static Gen<decimal> Money => from cents in Gen.Choose(-200, 200) from scale in Gen.Elements(1m, 0.1m, 0.01m, 0.0001m) select cents * scale;

    private static Gen<List<T>> Few<T>(Gen<T> item) => item.ListOf().Select(items => items.Take(4).ToList());

    private static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);
}
