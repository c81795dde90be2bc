namespace Durable.Generators.Tests.Payloads;

/// <summary>The types of later builds, which read what the golden files hold.</summary>
internal static class GoldenTypes
{
    /// <summary>Compiled once for all tests of the golden files.</summary>
    public static PayloadSample Sample { get; } = PayloadSample.Build($$"""
        public static class Sample
        {
        {{string.Concat(Properties().Select(type => $"    public static {type}{(type.EndsWith("Arguments", StringComparison.Ordinal) ? $" {type.Replace(".", "")}" : $" {type}")} => default!;\n"))}}
        }
        {{Types}}
        """);

    private const string Types = """
        public record Same(string Id, decimal Amount, int Count);
        public record Added(string Id, decimal Amount, int Count, string Currency = "EUR", int? Limit = null) { public List<string> Tags { get; init; } = ["new"]; public string? Note { get; init; } public DayOfWeek Day { get; init; } = DayOfWeek.Friday; }
        public class AddedRequired { public required string Id { get; init; } public required string Currency { get; init; } }
        public record AddedParameter(string Id, DateOnly Due);
        public record Removed(string Id);
        public record Renamed([property: JsonPropertyName("Id")] string Number, decimal Amount, [property: JsonPropertyName("Count")] int Pieces);
        public record RenamedUnsaid(string Number, decimal Amount, int Count);
        public record RenamedDefault(string Id, decimal Amount, int Pieces = -1);
        public record Widened(string Id, decimal Amount, long Count);
        public record WidenedDecimal(string Id, double Amount, decimal Count);
        public record WidenedHuge(string Id, decimal Amount, Int128 Count);
        public record Nullables(string? Id, decimal? Amount, int? Count);
        public record NonNullText(string Id, decimal? Amount, int? Count);
        public record Narrowed(string Id, decimal Amount, byte Count);
        public record OtherKind(string Id, decimal Amount, string Count);
        public record Integral(string Id, long Amount, int Count);
        public class Class { public string Id { get; set; } = "none"; public decimal Amount { get; init; } public int Count { get; set; } }
        public class ClassOfParameters(string id, decimal amount, int count) { public string Id { get; } = id; public decimal Amount { get; } = amount; public int Count { get; } = count; }
        public record Properties { public string Id { get; init; } = ""; public decimal Amount { get; init; } public required int Count { get; init; } }
        public readonly record struct Struct(string Id, decimal Amount, int Count);
        public struct MutableStruct { public string Id { get; set; } public decimal Amount { get; set; } public int Count { get; set; } }
        public abstract record Base(string Id) { public required decimal Amount { get; init; } }
        public sealed record Derived(string Id, int Count) : Base(Id);
        public record Reordered(int Count, string Id, decimal Amount);
        [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] public record Strict(string Id, decimal Amount, int Count);

        public enum State { New, Paid, Shipped, Returned }
        [Flags] public enum Access : byte { None, Read, Write, Own = 4 }
        public record Enums(State State, Access Access);
        public record WiderEnums(WideState State, long Access);
        public enum WideState : long { New, Paid }
        public record TextEnum([property: JsonConverter(typeof(JsonStringEnumConverter<State>))] State State);
        public record TextEnumLost([property: JsonConverter(typeof(JsonStringEnumConverter<Lost>))] Lost State);
        public enum Lost { New, Shipped }

        public record Lists(List<int> Items);
        public record Arrays(int[] Items);
        public record Immutables(ImmutableArray<int> Items);
        public record ImmutableLists(ImmutableList<int> Items);
        public record Interfaces(IReadOnlyList<long> Items);
        public record Sequences(IEnumerable<int?> Items);
        public record Sets(HashSet<int> Items);
        public class Filled { public List<int> Items { get; } = []; }
        public record Single(int Items);

        public record Amounts(decimal Whole, decimal Cents, decimal Fine, decimal Largest, decimal Smallest);
        public record Stock(Dictionary<string, int> ByName, Dictionary<int, string?> ByNumber, Dictionary<DayOfWeek, int> ByDay, Dictionary<Guid, bool> ById);
        public record WiderStock(IReadOnlyDictionary<string, long> ByName, IDictionary<long, string?> ByNumber, IReadOnlyDictionary<DayOfWeek, decimal> ByDay, IReadOnlyDictionary<string, bool> ById);
        public record Tree(string Name, Tree? Left, List<Tree> More);
        public record Scalars(
            bool Flag, sbyte Tiny, short Small, int Number, long Large, ulong Unsigned, Int128 Huge, Half Half, float Single, double Double, char Character, string Text, Guid Id, DateTime Time, DateTime Unspecified,
            DateTimeOffset Offset, DateOnly Date, TimeOnly Clock, TimeSpan Span, Uri Link, Version Version, byte[] Bytes, string? Missing);

        namespace V1 { public class Arguments(Same order, int count, string note) { public Same order { get; } = order; public int count { get; } = count; public string note { get; } = note; } }
        namespace V2 { public class Arguments(string note, Added order) { public string note { get; } = note; public Added order { get; } = order; } }
        namespace V3 { public class Arguments(Same order, long count, string note, string currency = "EUR", DateOnly? due = null) { public Same order { get; } = order; public long count { get; } = count; public string note { get; } = note; public string currency { get; } = currency; public DateOnly? due { get; } = due; } }
        namespace V4 { public class Arguments(Same order, string currency) { public Same order { get; } = order; public string currency { get; } = currency; } }
        """;

    private static IEnumerable<string> Properties() =>
    [
        "Same", "Added", "AddedRequired", "AddedParameter", "Removed", "Renamed", "RenamedUnsaid", "RenamedDefault", "Widened", "WidenedDecimal", "WidenedHuge", "Nullables", "NonNullText", "Narrowed", "OtherKind", "Integral",
        "Class", "ClassOfParameters", "Properties", "Struct", "MutableStruct", "Derived", "Reordered", "Strict", "Enums", "WiderEnums", "TextEnum", "TextEnumLost", "Lists", "Arrays", "Immutables", "ImmutableLists", "Interfaces",
        "Sequences", "Sets", "Filled", "Single", "Amounts", "Stock", "WiderStock", "Tree", "Scalars", "V1.Arguments", "V2.Arguments", "V3.Arguments", "V4.Arguments",
    ];
}
