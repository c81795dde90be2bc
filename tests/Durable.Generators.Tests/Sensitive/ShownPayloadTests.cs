namespace Durable.Generators.Tests.Sensitive;

/// <summary>What is marked <c>[Sensitive]</c> is masked in recorded arguments and exports, wherever it stands; what replay reads is not.</summary>
public sealed class ShownPayloadTests
{
    private const string Types = """
        public sealed record Card([Sensitive] string Number, string Brand = "visa");
        public sealed record Person(string Name, [property: Sensitive] DateOnly Born)
        {
            [Sensitive] public List<Card> Secret { get; init; } = [];
            [Sensitive, JsonInclude] internal int? Pin = null;
            [JsonPropertyName("wallet")] public Card? Card { get; set; }
        }
        [JsonDerivedType(typeof(Cash), "cash"), JsonDerivedType(typeof(Plastic), "plastic")] public abstract record Means;
        public sealed record Cash(decimal Amount) : Means;
        public sealed record Plastic([Sensitive] string Number) : Means { public Card? Other { get; init; } }
        public class Base { [Sensitive] public virtual string Text { get; set; } = "hunter2"; }
        public sealed class Derived : Base { public override string Text { get; set; } = "hunter2"; public string Kept { get; set; } = "kept"; }
        public interface INumbered { [Sensitive] string Number { get; } }
        public sealed record Numbered(string Number, string Kept) : INumbered;
        public class Ticket { public string Number { get; set; } = "hunter2"; }
        public sealed class Paid : Ticket, INumbered { public string Kept { get; set; } = "kept"; }
        public sealed class Hiding : Base { public new string Text { get; set; } = "hunter2"; public string Kept { get; set; } = "kept"; }
        public struct Point { [Sensitive] public int X { get; set; } public int Y { get; set; } }
        """;

    [Theory]
    [InlineData("Card", "new(\"hunter2\")", """{"Number":"***","Brand":"visa"}""")]
    [InlineData("Person", "new(\"Ann\", new(1990, 1, 2)) { Pin = 471147114, Secret = [new(\"hunter2\")], Card = new(\"hunter2\", \"mc\") }", """{"Name":"Ann","Born":"***","Secret":"***","wallet":{"Number":"***","Brand":"mc"},"Pin":"***"}""")]
    [InlineData("Person", "new(\"Ann\", default)", """{"Name":"Ann","Born":"***","Secret":"***","wallet":null,"Pin":"***"}""")]
    [InlineData("List<Card>", "[new(\"hunter2\"), new(\"hunter2\", \"mc\")]", """[{"Number":"***","Brand":"visa"},{"Number":"***","Brand":"mc"}]""")]
    [InlineData("Card[]", "[new(\"hunter2\")]", """[{"Number":"***","Brand":"visa"}]""")]
    [InlineData("System.Collections.Frozen.FrozenSet<Card>", "System.Collections.Frozen.FrozenSet.ToFrozenSet(new[] { new Card(\"hunter2\") })", """[{"Number":"***","Brand":"visa"}]""")]
    [InlineData("Dictionary<string, List<Card>>", "new() { [\"a\"] = [new(\"hunter2\")] }", """{"a":[{"Number":"***","Brand":"visa"}]}""")]
    [InlineData("(int Id, Card Card, Dictionary<int, Card?> More)", "(1, new(\"hunter2\"), new() { [2] = new(\"hunter2\"), [3] = null })", """[1,{"Number":"***","Brand":"visa"},{"2":{"Number":"***","Brand":"visa"},"3":null}]""")]
    [InlineData("List<Means>", "[new Cash(2.50m), new Plastic(\"hunter2\") { Other = new(\"hunter2\") }]", """[{"$type":"cash","Amount":2.50},{"$type":"plastic","Number":"***","Other":{"Number":"***","Brand":"visa"}}]""")]
    [InlineData("Derived", "new()", """{"Text":"***","Kept":"kept"}""")]
    [InlineData("Point?", "new Point { X = 471147114, Y = 2 }", """{"X":"***","Y":2}""")]
    [InlineData("Numbered", "new(\"hunter2\", \"kept\")", """{"Number":"***","Kept":"kept"}""")]
    [InlineData("Paid", "new()", """{"Kept":"kept","Number":"***"}""")]
    [InlineData("Hiding", "new()", """{"Text":"***","Kept":"kept"}""")]
    public async Task A_sensitive_member_is_masked_wherever_its_type_stands(string type, string value, string shown)
    {
        await using var watched = await WatchedRun.OfAsync($$"""
            {{Types}}
            public static partial class User
            {
                [Workflow] public static partial Task<{{type}}> SellAsync({{type}} input);
                [Step] private static partial Task<{{type}}> ChargeAsync({{type}} argument);
                private static async Task<{{type}}> SellAsyncCore({{type}} input) => await ChargeAsync(input);
                private static {{type}} ChargeAsyncCore({{type}} argument) => argument;
                public static WorkflowCall Start() { {{type}} value = {{value}}; return SellCall(value); }
            }
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal($$"""{"input":{{shown}}}""", await watched.ShownAsync("input"));
        Assert.Equal(shown, await watched.ShownAsync("result"));
        Assert.Equal(shown, await watched.ShownAsync("result", checkpoint: 0));
        Assert.Equal($$"""{"argument":{{shown}}}""", await watched.ShownAsync("arguments", checkpoint: 0));
        await watched.AssertNowhereAsync("hunter2");
        // More digits than a fraction of a second has: an export is full of times.
        await watched.AssertNowhereAsync("471147114");
        if (value.Contains("hunter2"))
            Assert.Contains("hunter2", await watched.ExportTextAsync(showSensitive: true));
    }

    [Fact]
    public async Task A_sensitive_parameter_or_result_is_masked_whole_whatever_its_type()
    {
        await using var watched = await WatchedRun.OfAsync("""
            public sealed record Order(string Id, string Remark);
            public static partial class User
            {
                [Workflow] [return: Sensitive] public static partial Task<string> SellAsync([Sensitive] Order order, int count, [Sensitive] string? none = null);
                [Step] [return: Sensitive] private static partial Task<string> ChargeAsync([StepKey] string id, [Sensitive] Order order, [Sensitive] int pin = 471147114, [Sensitive, NotFingerprinted] string trace = "hunter2");
                private static async Task<string> SellAsyncCore(Order order, int count, string? none) => await ChargeAsync("o-1", order);
                private static string ChargeAsyncCore(string id, Order order, int pin, string trace) => order.Remark + trace;
                public static WorkflowCall Start() => SellCall(new("o-1", "hunter2"), 2);
            }
            """);
        Assert.Equal("""{"order":"***","count":2,"none":"***"}""", await watched.ShownAsync("input"));
        Assert.Equal("""{"id":"o-1","order":"***","pin":"***","trace":"***"}""", await watched.ShownAsync("arguments", checkpoint: 0));
        Assert.Equal("\"***\"", await watched.ShownAsync("result", checkpoint: 0));
        Assert.Equal("\"***\"", await watched.ShownAsync("result"));
        Assert.Equal("\"hunter2hunter2\"", await watched.ShownAsync("result", showSensitive: true));
        await watched.AssertNowhereAsync("hunter2");
        await watched.AssertNowhereAsync("471147114");
    }

    [Fact]
    public async Task Private_types_and_steps_of_other_classes_are_masked_as_well()
    {
        await using var watched = await WatchedRun.OfAsync("""
            internal sealed partial class User(User.Vault vault, User.Shared<int> shared)
            {
                private sealed record Key([Sensitive] string Text, int Size) { public Dictionary<string, Key> More { get; init; } = []; }
                private sealed record Door(Key Key);
                [Workflow] private partial Task<Key> OpenAsync(Key key);
                [Step] private partial Task<List<Door>> DoorsAsync(Door door);
                private async Task<Key> OpenAsyncCore(Key key)
                {
                    var doors = await DoorsAsync(new Door(key));
                    await shared.CallAsync();
                    return (Key)await vault.TurnAsync(doors[0].Key);
                }
                private List<Door> DoorsAsyncCore(Door door) => [door];
                internal sealed partial class Vault
                {
                    [Step("turn"), StepAlias("rotate")] private partial Task<Key> TurnKeyAsync(Key key);
                    private Key TurnKeyAsyncCore(Key key) => key with { Size = 2, More = new() { ["a"] = key } };
                    internal async Task<object> TurnAsync(object key) => await TurnKeyAsync((Key)key);
                            }
                internal sealed partial class Shared<T>
                {
                    [Step] private partial Task<Key> HideAsync();
                    [Step] private partial Task<Token> ShowAsync();
                    private Key HideAsyncCore() => new("hunter2", 1);
                    private Token ShowAsyncCore() => new("hunter2");
                    internal async Task CallAsync() { await HideAsync(); await ShowAsync(); }
                }
                public static WorkflowCall Start() => OpenCall(new Key("hunter2", 1));
            }
            public sealed record Token([Sensitive] string Text);
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal("""{"key":{"Text":"***","Size":1,"More":{}}}""", await watched.ShownAsync("input"));
        Assert.Equal("""[{"Key":{"Text":"***","Size":1,"More":{}}}]""", await watched.ShownAsync("result", checkpoint: 0));
        Assert.Contains("private to a generic class", await watched.WithheldAsync("result", checkpoint: 1));
        Assert.Equal("""{"Text":"***"}""", await watched.ShownAsync("result", checkpoint: 2));
        Assert.Equal("""{"Text":"***","Size":2,"More":{"a":{"Text":"***","Size":1,"More":{}}}}""", await watched.ShownAsync("result", checkpoint: 3));
        await watched.AssertNowhereAsync("hunter2");
    }

    [Fact]
    public async Task What_a_converter_writes_is_masked_whole_if_its_type_has_sensitive_members()
    {
        await using var watched = await WatchedRun.OfAsync("""
            [JsonConverter(typeof(CodeConverter))] public sealed record Code([Sensitive] string Text, int Kind);
            public sealed record Plain(string Text);
            public sealed record Holder(Code Code, Dictionary<string, Code> Codes)
            {
                [JsonConverter(typeof(ListConverter))] public List<Inner> Inner { get; init; } = [];
                [JsonConverter(typeof(PlainConverter))] public Plain? Plain { get; init; }
            }
            public sealed record Inner([property: Sensitive] string Text);
            public sealed class CodeConverter : JsonConverter<Code>
            {
                public override Code Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!, 1);
                public override void Write(Utf8JsonWriter writer, Code value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
            }
            public sealed class PlainConverter : JsonConverter<Plain>
            {
                public override Plain Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!);
                public override void Write(Utf8JsonWriter writer, Plain value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
            }
            public sealed class ListConverter : JsonConverter<List<Inner>>
            {
                public override List<Inner> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => [new(reader.GetString()!)];
                public override void Write(Utf8JsonWriter writer, List<Inner> value, JsonSerializerOptions options) => writer.WriteStringValue(value[0].Text);
            }
            public static partial class User
            {
                [Workflow] public static partial Task<Code> RunAsync(Holder holder);
                [Step] private static partial Task<Code> TakeAsync(Holder holder);
                private static Task<Code> RunAsyncCore(Holder holder) => TakeAsync(holder);
                private static Code TakeAsyncCore(Holder holder) => holder.Code;
                public static WorkflowCall Start() => RunCall(new(new("hunter2", 1), new() { ["a"] = new("hunter2", 2) }) { Inner = [new("hunter2")], Plain = new("open") });
            }
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal("""{"holder":{"Code":"***","Codes":{"a":"***"},"Inner":"***","Plain":"open"}}""", await watched.ShownAsync("arguments", checkpoint: 0));
        Assert.Equal("\"***\"", await watched.ShownAsync("result"));
        await watched.AssertNowhereAsync("hunter2");
    }

    [Theory]
    [InlineData("", """{"Note":"***","Card":{"Number":"***"},"Rest":[]}""", """{"Number":"***"}""")]
    [InlineData("[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]", """{"note":"***","card":{"number":"***"},"rest":[]}""", """{"Number":"***"}""")]
    [InlineData("[JsonSourceGenerationOptions(Converters = [typeof(CardConverter)])]", "\"***\"", """{"Number":"***"}""")]
    [InlineData("", "\"***\"", "\"***\"", "[JsonConverter(typeof(CardConverter))] ")]
    public async Task Types_that_a_context_stores_are_masked_as_well(string options, string pocket, string card, string onCard = "")
    {
        await using var watched = await WatchedRun.OfAsync($$"""
            [assembly: DurableJsonContext(typeof(Stored))]
            {{onCard}}public sealed record Card([Sensitive] string Number);
            public sealed class Pocket { [Sensitive] public string Note { get; set; } = "hunter2"; public Card Card { get; set; } = new("hunter2"); public Bag Rest { get; set; } = []; }
            public sealed class Bag : List<Card> { }
            public sealed class Holder { public Card Own { get; set; } = new("hunter2"); }
            public sealed class CardConverter : JsonConverter<Card>
            {
                public override Card Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString()!);
                public override void Write(Utf8JsonWriter writer, Card value, JsonSerializerOptions options) => writer.WriteStringValue(value.Number);
            }
            {{options}} [JsonSerializable(typeof(Pocket))] public sealed partial class Stored : JsonSerializerContext;
            public static partial class User
            {
                [Workflow] public static partial Task<Pocket> RunAsync(Pocket pocket);
                [Step] private static partial Task<Pocket> TakeAsync(Pocket pocket, Holder holder);
                private static Task<Pocket> RunAsyncCore(Pocket pocket) => TakeAsync(pocket, new());
                private static Pocket TakeAsyncCore(Pocket pocket, Holder holder) => pocket;
                public static WorkflowCall Start() => RunCall(new());
            }
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal(pocket, await watched.ShownAsync("result"));
        Assert.Equal($$"""{"holder":{"Own":{{card}}},"pocket":{{pocket}}}""", await watched.ShownAsync("arguments", checkpoint: 0));
        await watched.AssertNowhereAsync("hunter2");
    }

    [Fact]
    public async Task What_only_an_interface_marks_masks_a_type_of_a_context_whole()
    {
        await using var watched = await WatchedRun.OfAsync("""
            [assembly: DurableJsonContext(typeof(Stored))]
            public interface INumbered { [Sensitive] string Number { get; } }
            public sealed record Card(string Number) : INumbered;
            [JsonSerializable(typeof(Card))] public sealed partial class Stored : JsonSerializerContext;
            public static partial class User
            {
                [Workflow] public static partial Task<Card> RunAsync(Card card);
                private static Card RunAsyncCore(Card card) => card;
                public static WorkflowCall Start() => RunCall(new("hunter2"));
            }
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal("\"***\"", await watched.ShownAsync("result"));
        await watched.AssertNowhereAsync("hunter2");
    }

    [Fact]
    public async Task Inline_steps_are_masked_by_their_constant_names()
    {
        await using var watched = await WatchedRun.OfAsync("""
            public sealed record Card([Sensitive] string Number);
            public static partial class User
            {
                private const string Name = "charge";
                [Workflow] public static partial Task<string> RunAsync();
                private static async Task<string> RunAsyncCore(WorkflowContext workflow)
                {
                    await workflow.StepAsync(Name, _ => Task.FromResult(new Card("hunter2")));
                    await workflow.StepAsync("count", _ => Task.FromResult(3));
                    return (await workflow.StepAsync(key: "k", body: _ => Task.FromResult<Card[]>([new("hunter2")]), name: "all"))[0].Number.Length.ToString();
                }
                public static WorkflowCall Start() => RunCall();
            }
            """);
        Assert.Equal("""{"Number":"***"}""", await watched.ShownAsync("result", checkpoint: 0));
        Assert.Equal("3", await watched.ShownAsync("result", checkpoint: 1));
        Assert.Equal("""[{"Number":"***"}]""", await watched.ShownAsync("result", checkpoint: 2));
        await watched.AssertNowhereAsync("hunter2");
    }

    [Theory]
    [InlineData("workflow.StepAsync(\"charge\" + workflow.RunId, _ => Task.FromResult(new Card(\"hunter2\")))")]
    [InlineData("AnyAsync(workflow, \"charge\", new Card(\"hunter2\"))")]
    public async Task Where_an_inline_step_is_not_known_to_the_build_results_of_unknown_steps_are_withheld(string call)
    {
        await using var watched = await WatchedRun.OfAsync($$"""
            public sealed record Card([Sensitive] string Number);
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync(Card card);
                private static async Task<string> RunAsyncCore(Card card, WorkflowContext workflow) => (await {{call}}).Number.Length.ToString();
                private static Task<T> AnyAsync<T>(WorkflowContext workflow, string name, T value) => workflow.StepAsync(name, _ => Task.FromResult(value));
                public static WorkflowCall Start() => RunCall(new("hunter2"));
            }
            """);
        await watched.Run.GetResultAsync();
        Assert.Contains("may be an inline step", await watched.WithheldAsync("result", checkpoint: 0));
        await watched.AssertNowhereAsync("hunter2");
    }
}
