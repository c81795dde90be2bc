using System.Text;
using System.Text.Json;
using Durable.TestKit;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What docs/guide/payloads.md says in its tables is so: the rows are read from the page, and one without a check fails.</summary>
public sealed class GuideTableTests
{
    private static readonly PayloadSample s_sample = PayloadSample.Build("""
        using System.Text.Json.Nodes;
        public static class Sample
        {
            public static R R => new(); public static double Double => 0; public static float Single => 0; public static Half Half => default; public static List<R> Shared { get { var one = new R(); return [one, one]; } } public static Node Cycle { get { var node = new Node(); node.Next = node; return node; } }
            public static Shape Derived => new Circle(1, 2); public static Payment Named => new Card { Number = "4" }; public static Payment Unnamed => new Cheque(); public static (int A, string B) Tuple => (1, "b"); public static (int X, string Y) Other => (1, "b");
            public static JsonElement Element => JsonElement.Parse("{\"b\":1.50,\"a\":[]}"); public static JsonElement Alike => JsonElement.Parse("{\"a\":[],\"b\":15e-1}"); public static JsonElement? NullElement => JsonElement.Parse("null"); public static JsonDocument? NullDocument => null;
            public static Dictionary<string, int> Comparer => new(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 }; public static DateTime Local => new(2026, 7, 2, 3, 4, 5, DateTimeKind.Local); public static Ignored Left => new();
        }
        public class R { public string Text { get; set; } = ""; public Uri? Link { get; set; } public JsonNode? Node { get; set; } public double Double { get; set; } [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public double Literal { get; set; } public decimal Decimal { get; set; } public ImmutableArray<int> Items { get; set; } = []; }
        public class Node { public Node? Next { get; set; } } public record Shape(int X); public record Circle(int X, int Radius) : Shape(X); public class Ignored { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; set; } }
        [JsonDerivedType(typeof(Card), "card")] public class Payment; public class Card : Payment { public string Number { get; set; } = ""; } public class Cheque : Payment;
        """);

    private static readonly Dictionary<string, Action> s_values = new()
    {
        ["text with half of a surrogate pair"] = () =>
        {
            Refused("$.Text", "Text", "\ud83d");
            Refused("$.Link", "Link", new Uri("\ud83d", UriKind.Relative));
            Refused("$.Node", "Node", System.Text.Json.Nodes.JsonValue.Create("\ud83d"));
        },
        ["`NaN` and infinities"] = () =>
        {
            Refused("$.Double", "Double", double.NaN);
            Refused("$.Double", "Double", double.PositiveInfinity);
            Assert.Contains("\"Literal\":\"NaN\"", With("Literal", double.NaN));
        },
        ["`-0.0`"] = () =>
        {
            Assert.Contains("\"Double\":-0,", With("Double", -0.0));
            Assert.Contains("\"Decimal\":0.0,", With("Decimal", -0.0m));
        },
        ["`DateTime`"] = () =>
        {
            var local = (DateTime)Form("Local").Read("\"2026-07-02T03:04:05+05:00\""u8)!;
            Assert.Equal((DateTimeKind.Local, new DateTimeOffset(2026, 7, 2, 3, 4, 5, TimeSpan.FromHours(5))), (local.Kind, new DateTimeOffset(local)));
            Assert.Equal(Form("Local").Value, Again("Local"));
        },
        ["a dictionary or set with a comparer of its own"] = () => Assert.False(((Dictionary<string, int>)Again("Comparer")!).ContainsKey("a")),
        ["one object in two places"] = () => Assert.NotSame(((System.Collections.IList)Again("Shared")!)[0], ((System.Collections.IList)Again("Shared")!)[1]),
        ["an object that refers to itself"] = () => Assert.Throws<PayloadTooDeepException>(() => Written("Cycle")),
        ["an object of a class derived from the declared one"] = () =>
        {
            Assert.Equal("""{"$type":"card","Number":"4"}""", Written("Named"));
            Assert.Equal("Card", Again("Named")!.GetType().Name);
            Assert.Throws<PayloadException>(() => Written("Derived"));
            Assert.Throws<PayloadException>(() => Written("Unnamed"));
        },
        ["a tuple"] = () =>
        {
            Assert.Equal("""[1,"b"]""", Written("Tuple"));
            Assert.Equal(Form("Tuple").Fingerprint((1, "b")), Form("Other").Fingerprint((1, "b")));
            Assert.Equal("{}", JsonSerializer.Serialize((1, "b")));
        },
        ["a stack, a bag"] = () => Assert.All(new[] { "Stack<int>", "System.Collections.Concurrent.ConcurrentBag<int>" }, type => Assert.NotEmpty(PayloadSample.Read($"public static class Sample {{ public static {type} Value => default!; }}")["Value"].Problems)),
        ["`JsonElement`, `JsonNode`"] = () =>
        {
            Assert.Equal("""{"b":1.50,"a":[]}""", Written("Element"));
            Assert.Equal(Form("Element").Fingerprint(Form("Element").Value), Form("Alike").Fingerprint(Form("Alike").Value));
        },
        ["`default` of an `ImmutableArray`"] = () => Assert.Throws<PayloadException>(() => With("Items", default(System.Collections.Immutable.ImmutableArray<int>))),
        ["`JsonDocument` that is null, `JsonElement?` that holds JSON's null"] = () =>
        {
            Assert.Equal(JsonValueKind.Null, ((JsonDocument)Again("NullDocument")!).RootElement.ValueKind);
            Assert.Null(Again("NullElement"));
        },
        ["a member that `[JsonIgnore(Condition = ...)]` leaves out"] = () =>
        {
            Assert.Equal("{}", Written("Left"));
            Assert.NotEmpty(PayloadSample.Read("public static class Sample { public static R Value => default!; } public class R { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; set; } = \"n\"; }")["Value"].Problems);
        },
    };

    // The golden files are what was stored before each change.
    private static readonly Dictionary<string, Action> s_changes = new()
    {
        ["member added with a default (initializer, `init` or `set`; default of a constructor's parameter)"] = () => Reads("order", "Added", "\"Currency\":\"EUR\"", "\"Tags\":[\"new\"]", "\"Day\":5"),
        ["member added without one, or `required`, or `[JsonRequired]`"] = () => Quarantines("order", "AddedParameter", "AddedRequired"),
        ["nullable member added with a setter"] = () => Reads("order", "Added", "\"Note\":null"),
        ["member removed"] = () =>
        {
            Reads("order-later", "Same", """{"Id":"o-1","Amount":12.50,"Count":3}""");
            Quarantines("order-later", "Strict");
        },
        ["member renamed, the old name in `[JsonPropertyName]`"] = () => Keeps("order", "Renamed"),
        ["member renamed without that"] = () =>
        {
            Reads("order", "RenamedDefault", "\"Pieces\":-1");
            Quarantines("order", "RenamedUnsaid");
        },
        ["members in another order"] = () => Reads("order", "Reordered", "\"Count\":3", "\"Id\":\"o-1\"", "\"Amount\":12.50"),
        ["wider number (`int` to `long`, `decimal`, `Int128`)"] = () =>
        {
            Keeps("order", "Widened", "WidenedHuge");
            Reads("order", "WidenedDecimal", "\"Amount\":12.5,\"Count\":3");
        },
        ["narrower number"] = () =>
        {
            Keeps("order", "Narrowed");
            Quarantines("order-large", "Narrowed", "Same");
            Assert.Equal(double.PositiveInfinity, Form("Double").Read("1e400"u8));
            Assert.Equal(float.PositiveInfinity, Form("Single").Read("1e300"u8));
            Assert.Throws<PayloadException>(() => Form("Half").Read("70000"u8));
        },
        ["non-nullable to nullable"] = () => Keeps("order", "Nullables"),
        ["nullable value to non-nullable"] = () =>
        {
            Keeps("order", "Same");
            Quarantines("order-nulls", "Same");
        },
        ["nullable reference to non-nullable"] = () => Keeps("order-nulls", "NonNullText"),
        ["enum member added, enum with other underlying type"] = () =>
        {
            Keeps("state", "Enums", "WiderEnums");
            Keeps("state-unknown", "Enums");
        },
        ["enum member removed that was stored by name"] = () => Quarantines("state-text", "TextEnumLost"),
        ["record to class or struct, constructor to properties, and back"] = () => Keeps("order", "Class", "ClassOfParameters", "Properties", "Struct", "MutableStruct", "Same"),
        ["list to array, set, immutable, frozen or read-only, and back"] = () =>
        {
            Keeps("items", "Lists", "Arrays", "Immutables", "Sets", "Interfaces");
            Keeps("collections", "Collections", "OtherCollections");
        },
        ["item added to a tuple, or removed"] = () => Quarantines("tuples", "TupleGrown", "TupleShrunk"),
        ["derived type named later by `[JsonDerivedType]`"] = () => Keeps("message", "Message"),
        ["kind of value (number to text, list to single)"] = () =>
        {
            Quarantines("order", "OtherKind");
            Quarantines("items", "Single");
        },
        ["workflow parameter added with a default, removed, moved"] = () =>
        {
            Reads("arguments", "V3Arguments", "\"currency\":\"EUR\"");
            Reads("arguments", "V2Arguments", """{"note":"n","order":""");
        },
        ["workflow parameter added without a default"] = () => Quarantines("arguments", "V4Arguments"),
    };

    /// <summary>The rows about values.</summary>
    public static TheoryData<string> Values { get; } = [.. Rows("| value | what becomes of it |")];

    /// <summary>The rows about types that change.</summary>
    public static TheoryData<string> Changes { get; } = [.. Rows("| change | what happens to what is stored |")];

    [Theory]
    [MemberData(nameof(Values))]
    public void What_the_guide_says_becomes_of_a_value_does(string row) => Check(s_values, row);

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_the_guide_says_of_a_change_is_so(string row) => Check(s_changes, row);

    [Fact]
    public void Nothing_is_checked_that_the_guide_does_not_say()
    {
        Assert.Equal(Rows("| value | what becomes of it |"), s_values.Keys);
        Assert.Equal(Rows("| change | what happens to what is stored |"), s_changes.Keys);
    }

    private static void Check(Dictionary<string, Action> checks, string row)
    {
        Assert.True(checks.TryGetValue(row, out var check), "The row has no check.");
        check!();
    }

    private static IEnumerable<string> Rows(string head)
        => Repository.Read("docs/guide/payloads.md").Split('\n').SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split(" | ")[0].TrimStart('|', ' '));

    private static void Refused(string path, string member, object value)
        => Assert.Contains($"at '{path}'", Assert.Throws<PayloadException>(() => With(member, value)).Message);

    private static string With(string member, object value)
    {
        var form = Form("R");
        var target = form.Value!;
        target.GetType().GetProperty(member)!.SetValue(target, value);
        return Encoding.UTF8.GetString(form.Write(target));
    }

    private static StoredForm Form(string property) => StoredForm.Of(s_sample, property);

    private static string Written(string property) => Encoding.UTF8.GetString(Form(property).Write(Form(property).Value));

    private static object? Again(string property) => Form(property).Read(Encoding.UTF8.GetBytes(Written(property)));

    private static void Keeps(string file, params string[] types) => Assert.All(types, type => Assert.Equal(Encoding.UTF8.GetString(GoldenTests.Bytes(file)), Becomes(file, type)));

    private static void Reads(string file, string type, params string[] parts) => Assert.All(parts, part => Assert.Contains(part, Becomes(file, type)));

    private static void Quarantines(string file, params string[] types) => Assert.All(types, type => Assert.Throws<PayloadException>(() => Becomes(file, type)));

    private static string Becomes(string file, string type)
    {
        var form = StoredForm.Of(GoldenTypes.Sample, type);
        return Encoding.UTF8.GetString(form.Write(form.Read(GoldenTests.Bytes(file))));
    }
}
