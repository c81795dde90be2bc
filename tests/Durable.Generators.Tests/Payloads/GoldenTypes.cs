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

        public record Tuples((int, string) Pair, (int Count, string Name) Named, ValueTuple<int> Single, (int, int, int, int, int, int, int, string) Eight, (int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, string) Long,
            (int, (string, int?), (int, int)[]) Nested, Tuple<int, string> Class, Tuple<int, int, int, int, int, int, int, Tuple<string>> ClassLong, (int, int)? None, Dictionary<string, (int X, decimal Y)> ByName);
        public record WiderTuples(Tuple<long, string> Pair, (decimal A, string? B) Named, Tuple<int?> Single, (int, int, int, int, int, int, int, string) Eight, (int, int, int, int, int, int, int, long, long, long, long, long, long, long, long, string) Long,
            (int, Tuple<string, long?>, List<(int, int)>) Nested, (int, string) Class, (int, int, int, int, int, int, int, string) ClassLong, Tuple<int, int>? None, SortedDictionary<string, (Int128, decimal)> ByName);
        public record TupleGrown((int, string, int?) Pair);
        public record TupleShrunk(ValueTuple<int> Pair);
        public record TupleOfOtherKinds((string, string) Pair);
        public record TupleToRecord(Same Pair);

        public record Animals(Pet Text, Pet Number, IFigure Custom, Vehicle Self, Vehicle Derived, Message Base, List<Pet?> More);
        [JsonDerivedType(typeof(Dog), "dog"), JsonDerivedType(typeof(Cat), 7)] public abstract record Pet(string Name) { public int Age { get; init; } = 1; } public record Dog(string Name, bool Barks) : Pet(Name); public record Cat(string Name) : Pet(Name) { public Pet? Friend { get; init; } }
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Circle), "circle")] public interface IFigure; public class Circle : IFigure { public double Radius { get; set; } }
        [JsonDerivedType(typeof(Vehicle), 0), JsonDerivedType(typeof(Car), 1)] public class Vehicle { public int Wheels { get; set; } = 4; } public class Car : Vehicle { public string? Plate { get; init; } }
        [JsonDerivedType(typeof(Reply), "reply")] public class Message { public string? Text { get; set; } } public class Reply : Message { public Message? To { get; set; } }
        public record AnimalsLater(Later.Pet Text, Later.Pet Number, List<Later.Pet?> More);
        namespace Later { [JsonDerivedType(typeof(Hound), "dog"), JsonDerivedType(typeof(Cat), 7), JsonDerivedType(typeof(Bird), "bird")] public interface Pet; public class Hound : Pet { public string Name { get; init; } = ""; public bool Barks { get; set; } public long Age { get; set; } } public record struct Cat(string Name, Pet? Friend, int Age) : Pet; public record Bird : Pet; }
        public record AnimalsFewer(Fewer.Pet Number);
        namespace Fewer { [JsonDerivedType(typeof(Dog), "dog")] public abstract record Pet(string Name); public record Dog(string Name) : Pet(Name); }
        public record AnimalsPlain(PlainPet Text); public record PlainPet(string Name);
        public record MessagePlain(string? Text);

        public record Collections(LinkedList<int> Linked, Queue<int> Queue, System.Collections.Concurrent.ConcurrentQueue<int> Concurrent, System.Collections.ObjectModel.Collection<int> Collection, System.Collections.ObjectModel.ObservableCollection<int> Observable,
            System.Collections.ObjectModel.ReadOnlyCollection<int> ReadOnly, System.Collections.ObjectModel.ReadOnlyObservableCollection<int> ReadOnlyObservable, ImmutableArray<int> Array, ImmutableList<int> List, IImmutableList<int> IList, ImmutableQueue<int> ImmutableQueue,
            SortedSet<int> Sorted, ImmutableSortedSet<int> ImmutableSorted, ImmutableHashSet<int> One, System.Collections.Frozen.FrozenSet<int> Frozen, System.Collections.ObjectModel.ReadOnlySet<int> ReadOnlySet,
            SortedDictionary<string, int> SortedByName, SortedList<int, string?> SortedList, OrderedDictionary<string, int> Ordered, System.Collections.Concurrent.ConcurrentDictionary<string, int> ConcurrentByName, System.Collections.ObjectModel.ReadOnlyDictionary<string, int> ReadOnlyByName,
            ImmutableDictionary<string, int> ImmutableByName, ImmutableSortedDictionary<string, int> ImmutableSortedByName, System.Collections.Frozen.FrozenDictionary<string, int> FrozenByName);
        public record OtherCollections(List<int> Linked, int[] Queue, ImmutableArray<int> Concurrent, LinkedList<int> Collection, Queue<int> Observable, IReadOnlyList<long> ReadOnly, IEnumerable<int> ReadOnlyObservable, IList<int> Array, ICollection<int> List, IReadOnlyCollection<int> IList, List<int?> ImmutableQueue,
            List<int> Sorted, HashSet<int> ImmutableSorted, int[] One, ISet<int> Frozen, IReadOnlySet<int> ReadOnlySet, Dictionary<string, int> SortedByName, IReadOnlyDictionary<int, string?> SortedList, IDictionary<string, int> Ordered, Dictionary<string, int> ConcurrentByName, Dictionary<string, long> ReadOnlyByName,
            Dictionary<string, int> ImmutableByName, System.Collections.Frozen.FrozenDictionary<string, int> ImmutableSortedByName, ImmutableDictionary<string, int> FrozenByName);
        public record SortedItems(SortedSet<int> Items); public record QueuedItems(Queue<int> Items); public record FrozenItems(System.Collections.Frozen.FrozenSet<int> Items);

        public record Keys(Dictionary<bool, int> Bool, Dictionary<sbyte, int> SByte, Dictionary<byte, int> Byte, Dictionary<short, int> Int16, Dictionary<ushort, int> UInt16, Dictionary<int, int> Int32, Dictionary<uint, int> UInt32, Dictionary<long, int> Int64, Dictionary<ulong, int> UInt64,
            Dictionary<Int128, int> Int128, Dictionary<UInt128, int> UInt128, Dictionary<Half, int> Half, Dictionary<float, int> Single, Dictionary<double, int> Double, Dictionary<decimal, int> Decimal, Dictionary<char, int> Char, Dictionary<string, int> Text, Dictionary<Guid, int> Guid, Dictionary<DateTime, int> Time,
            Dictionary<DateTimeOffset, int> Offset, Dictionary<DateOnly, int> Date, Dictionary<TimeOnly, int> Clock, Dictionary<TimeSpan, int> Span, Dictionary<Uri, int> Link, Dictionary<Version, int> Version, Dictionary<DayOfWeek, int> Enum, Dictionary<DayOfWeek, int> Unknown, Dictionary<NamedState, int> Named);
        [JsonConverter(typeof(JsonStringEnumConverter<NamedState>))] public enum NamedState { New, Paid }
        public record Pairs(KeyValuePair<string, int> Pair, List<KeyValuePair<string, int?>> Pairs_) { [JsonPropertyName("Pairs")] public List<KeyValuePair<string, int?>> Pairs_ { get; } = Pairs_; }
        public record Jsons(JsonElement Element, JsonDocument Document, System.Text.Json.Nodes.JsonNode Node, System.Text.Json.Nodes.JsonObject Object, System.Text.Json.Nodes.JsonArray Array, System.Text.Json.Nodes.JsonValue Value, Memory<byte> Memory, ReadOnlyMemory<byte> ReadOnlyMemory);
        public record JsonsTyped(ElementTyped Element, JsonElement Document, Dictionary<string, JsonElement?> Node, JsonElement Object, JsonElement[] Array, double Value, byte[] Memory, byte[] ReadOnlyMemory); public record ElementTyped(JsonElement b, string a);

        namespace V1 { public class Arguments(Same order, int count, string note) { public Same order { get; } = order; public int count { get; } = count; public string note { get; } = note; } }
        namespace V2 { public class Arguments(string note, Added order) { public string note { get; } = note; public Added order { get; } = order; } }
        namespace V3 { public class Arguments(Same order, long count, string note, string currency = "EUR", DateOnly? due = null) { public Same order { get; } = order; public long count { get; } = count; public string note { get; } = note; public string currency { get; } = currency; public DateOnly? due { get; } = due; } }
        namespace V4 { public class Arguments(Same order, string currency) { public Same order { get; } = order; public string currency { get; } = currency; } }
        """;

    private static IEnumerable<string> Properties() =>
    [
        "Same", "Added", "AddedRequired", "AddedParameter", "Removed", "Renamed", "RenamedUnsaid", "RenamedDefault", "Widened", "WidenedDecimal", "WidenedHuge", "Nullables", "NonNullText", "Narrowed", "OtherKind", "Integral",
        "Class", "ClassOfParameters", "Properties", "Struct", "MutableStruct", "Derived", "Reordered", "Strict", "Enums", "WiderEnums", "TextEnum", "TextEnumLost", "Lists", "Arrays", "Immutables", "ImmutableLists", "Interfaces",
        "Sequences", "Sets", "Filled", "Single", "Amounts", "Stock", "WiderStock", "Tree", "Scalars",
        "Tuples", "WiderTuples", "TupleGrown", "TupleShrunk", "TupleOfOtherKinds", "TupleToRecord", "Animals", "AnimalsLater", "AnimalsFewer", "AnimalsPlain", "Message", "MessagePlain", "Collections", "OtherCollections", "SortedItems", "QueuedItems", "FrozenItems", "Keys", "Pairs", "Jsons", "JsonsTyped",
        "V1.Arguments", "V2.Arguments", "V3.Arguments", "V4.Arguments",
    ];
}
