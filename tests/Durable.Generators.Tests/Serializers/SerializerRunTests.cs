using System.Text;
using Durable.Generators.Tests.Pipeline;
using Durable.Generators.Tests.Sensitive;

namespace Durable.Generators.Tests.Serializers;

/// <summary>Results and types are stored by serializers of the user's, on the real runtime, and replayed from what these wrote.</summary>
public sealed class SerializerRunTests
{
    private const string Text = """
        public sealed class TextOf(string text) { public string Text { get; } = text; }
        public sealed class TextSerializer : PayloadSerializer<TextOf>
        {
            public override void Write(TextOf value, System.Buffers.IBufferWriter<byte> payload) => System.Buffers.BuffersExtensions.Write(payload, System.Text.Encoding.UTF8.GetBytes(value is null ? "" : value.Text));
            public override TextOf Read(ReadOnlySpan<byte> payload) => new(System.Text.Encoding.UTF8.GetString(payload));
        }
        """;

    private const string Blob = """
        public sealed class BlobSerializer : PayloadSerializer<byte[]>
        {
            public override void Write(byte[] value, System.Buffers.IBufferWriter<byte> payload) => System.Buffers.BuffersExtensions.Write(payload, value);
            public override byte[] Read(ReadOnlySpan<byte> payload) => payload.ToArray();
        }
        """;

    [Fact]
    public async Task The_result_of_a_step_or_workflow_is_the_bytes_of_its_serializer()
    {
        await using var watched = await WatchedRun.OfAsync($$"""
            {{Text}}
            public static partial class User
            {
                [Workflow, PayloadSerializer(typeof(TextSerializer))] public static partial Task<TextOf> RunAsync();
                [Step, PayloadSerializer(typeof(TextSerializer))] private static partial ValueTask<TextOf> ReadAsync();
                [Step, PayloadSerializer(typeof(TextSerializer))] private static partial Task<TextOf?> NothingAsync();
                private static async Task<TextOf> RunAsyncCore() => new((await ReadAsync()).Text + "!" + (await NothingAsync())!.Text);
                private static TextOf ReadAsyncCore() => new("\u00ff plain");
                private static TextOf? NothingAsyncCore() => null;
                public static WorkflowCall Start() => RunCall();
            }
            """);
        await watched.Run.GetResultAsync();
        var checkpoints = await watched.Run.GetCheckpointsAsync();
        Assert.Equal("\u00ff plain", Encoding.UTF8.GetString(checkpoints[0].Result.Span));
        Assert.True(checkpoints[1].Result.IsEmpty);
        Assert.Equal(Encoding.UTF8.GetBytes("\u00ff plain!"), Convert.FromBase64String((await watched.ShownAsync("resultBase64")).Trim('"').Replace("\\u002B", "+")));
    }

    [Fact]
    public async Task A_run_is_replayed_from_what_serializers_wrote_of_results_types_and_types_of_others()
        => Assert.Equal(("7 8 a,b 1.2.3.4 5.6.7.8 x-y k7 3,4 inner", "/Count /One /Many /Addresses /inline /Pair /Point /Hide"), await ReplayedRun.OfAsync($$"""
            using System.Net;
            [assembly: PayloadSerializer(typeof(AddressSerializer)), PayloadSerializer(typeof(ListSerializer))]
            [PayloadSerializer(typeof(LabelSerializer))] public sealed class Label(string text) { public string Text { get; } = text; public object? Anything => null; }
            [PayloadSerializer(typeof(PointSerializer))] public readonly struct Point(int x, int y) { public int X => x; public int Y => y; }
            [PayloadSerializer(typeof(KeySerializer))] public interface IKey { int Number { get; } }
            public sealed record Key(int Number) : IKey;
            public abstract class ByText<T> : PayloadSerializer<T>
            {
                public override void Write(T value, System.Buffers.IBufferWriter<byte> payload) => System.Buffers.BuffersExtensions.Write(payload, System.Text.Encoding.UTF8.GetBytes(Show(value)));
                public override T Read(ReadOnlySpan<byte> payload) => Make(System.Text.Encoding.UTF8.GetString(payload));
                protected abstract string Show(T value);
                protected abstract T Make(string text);
            }
            public sealed class LabelSerializer : ByText<Label> { protected override string Show(Label value) => value.Text; protected override Label Make(string text) => new(text); }
            public sealed class PointSerializer : ByText<Point> { protected override string Show(Point value) => value.X + "," + value.Y; protected override Point Make(string text) => new(int.Parse(text.Split(',')[0]), int.Parse(text.Split(',')[1])); }
            public sealed class AddressSerializer : ByText<IPAddress> { protected override string Show(IPAddress value) => value.ToString(); protected override IPAddress Make(string text) => IPAddress.Parse(text); }
            public sealed class KeySerializer : ByText<IKey> { protected override string Show(IKey value) => value.Number.ToString(); protected override IKey Make(string text) => new Key(int.Parse(text)); }
            public sealed class ListSerializer : ByText<List<int>> { protected override string Show(List<int> value) => string.Join(' ', value); protected override List<int> Make(string text) => text.Split(' ').Select(int.Parse).ToList(); }
            public sealed class CountSerializer : ByText<int> { protected override string Show(int value) => value.ToString(); protected override int Make(string text) => int.Parse(text); }
            public sealed record Holder(Label Label, IPAddress? Address, IPAddress? None = null);
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync(Holder holder, List<int> numbers);
                [Step, PayloadSerializer(typeof(CountSerializer))] private static partial Task<int> CountAsync(List<int> numbers);
                [Step] private static partial Task<Label> OneAsync(Label label);
                [Step] private static partial Task<List<Label?>> ManyAsync(params Label[] labels);
                [Step] private static partial Task<Dictionary<IPAddress, Holder>> AddressesAsync(Holder holder);
                [Step] private static partial Task<(IKey, Label)> PairAsync(IKey key);
                [Step] private static partial Task<Point?> PointAsync(Point? point);
                [Step] private static partial Task<Inner> HideAsync(Inner inner);
                private static async Task<string> RunAsyncCore(Holder holder, List<int> numbers, WorkflowContext workflow)
                {
                    var count = await CountAsync(numbers);
                    var one = await OneAsync(holder.Label);
                    var many = await ManyAsync(new Label("a"), new Label("b"));
                    var addresses = await AddressesAsync(holder);
                    var inline = await workflow.StepAsync("inline", _ => Task.FromResult(new Label("x-y")));
                    var pair = await PairAsync(new Key(7));
                    var point = await PointAsync(new Point(3, 4));
                    return $"{count} {one.Text} {string.Join(",", many.Where(label => label is not null).Select(label => label!.Text))} {addresses.Keys.Single()} {addresses.Values.Single().Address} {inline.Text} {pair.Item2.Text}{pair.Item1.Number} {point!.Value.X},{point.Value.Y} {(await HideAsync(new("inner"))).Text}";
                }
                private static int CountAsyncCore(List<int> numbers) => numbers.Sum();
                private static Label OneAsyncCore(Label label) => new("8");
                private static List<Label?> ManyAsyncCore(Label[] labels) => [.. labels, null];
                private static Dictionary<IPAddress, Holder> AddressesAsyncCore(Holder holder) => new() { [IPAddress.Parse("1.2.3.4")] = holder };
                private static (IKey, Label) PairAsyncCore(IKey key) => (key, new("k"));
                private static Point? PointAsyncCore(Point? point) => point;
                private static Inner HideAsyncCore(Inner inner) => inner;
                [PayloadSerializer(typeof(InnerSerializer))] private sealed record Inner(string Text);
                private sealed class InnerSerializer : ByText<Inner> { protected override string Show(Inner value) => value.Text; protected override Inner Make(string text) => new(text); }
                public static WorkflowCall<string> Start() => RunCall(new(new("l"), IPAddress.Parse("5.6.7.8")), [3, 4]);
            }
            """));

    [Fact]
    public void Within_a_payload_a_value_is_a_text_of_base64_and_null_stays_null()
    {
        var assembly = WatchedRun.Build($$"""
            {{Text.Replace("public sealed class TextOf", "[PayloadSerializer(typeof(TextSerializer))] public sealed class TextOf")}}
            public static partial class User
            {
                [Workflow] public static partial Task RunAsync(TextOf text, TextOf? none, List<TextOf> list);
                private static void RunAsyncCore(TextOf text, TextOf? none, List<TextOf> list) { }
                public static WorkflowCall Start() => RunCall(new("abc"), null, [new("d")]);
            }
            """);
        Assert.Equal("""{"text":"YWJj","none":null,"list":["ZA=="]}""", Encoding.UTF8.GetString(GeneratedHost.Call(assembly, "User", "Start").Input.Span));
    }

    [Fact]
    public void The_assemblys_serializer_goes_before_that_of_the_type_and_a_context_and_a_members_converter_before_it()
    {
        var assembly = WatchedRun.Build("""
            [assembly: PayloadSerializer(typeof(First)), DurableJsonContext(typeof(Stored))]
            [PayloadSerializer(typeof(Second))] public sealed record Item(string Name);
            [PayloadSerializer(typeof(Third)), JsonConverter(typeof(Converter))] public sealed record Box(string Name);
            public abstract class Fixed<T>(byte value) : PayloadSerializer<T>
            {
                public override void Write(T item, System.Buffers.IBufferWriter<byte> payload) => System.Buffers.BuffersExtensions.Write(payload, [value]);
                public override T Read(ReadOnlySpan<byte> payload) => throw new FormatException();
            }
            public sealed class First() : Fixed<Item>(1);
            public sealed class Second() : Fixed<Item>(2);
            public sealed class Third() : Fixed<Box>(3);
            public sealed class Converter : JsonConverter<Box>
            {
                public override Box Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new("");
                public override void Write(Utf8JsonWriter writer, Box value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
            }
            public sealed record Holder(Box Box) { [JsonConverter(typeof(Converter))] public Box? Own { get; init; } }
            [JsonSerializable(typeof(Box)), JsonSerializable(typeof(Item))] public sealed partial class Stored : JsonSerializerContext;
            public static partial class User
            {
                [Workflow] public static partial Task RunAsync(Item item, Holder holder);
                private static void RunAsyncCore(Item item, Holder holder) { }
                public static WorkflowCall Start() => RunCall(new("i"), new(new("b")) { Own = new("own") });
            }
            """);
        Assert.Equal("""{"item":"AQ==","holder":{"Box":"Aw==","Own":"own"}}""", Encoding.UTF8.GetString(GeneratedHost.Call(assembly, "User", "Start").Input.Span));
    }

    [Theory]
    [InlineData("[0xD5, 0]")]
    [InlineData("[0xD5, 2, 1]")]
    [InlineData("[0xD5, 1, 1, 1, 97]")]
    [InlineData("[0xD6, 0xD6]")]
    [InlineData("[]")]
    public async Task Any_bytes_come_back_also_those_that_begin_as_encoded_payloads_do(string bytes)
        => Assert.Equal(("True", "/Read"), await ReplayedRun.OfAsync($$"""
            {{Blob}}
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync();
                [Step, PayloadSerializer(typeof(BlobSerializer))] private static partial Task<byte[]> ReadAsync();
                private static async Task<string> RunAsyncCore() => (await ReadAsync()).AsSpan().SequenceEqual(ReadAsyncCore()).ToString();
                private static byte[] ReadAsyncCore() => {{bytes}};
                public static WorkflowCall<string> Start() => RunCall();
            }
            """));

    [Fact]
    public async Task What_a_serializer_throws_when_it_writes_fails_the_step_with_the_payload_named()
    {
        await using var watched = await WatchedRun.OfAsync(Failing(write: "throw new InvalidOperationException(\"not today\")", read: "new(\"\")"));
        var error = (await watched.Run.GetInfoAsync()).Error!;
        Assert.Equal(RunStatus.Failed, await watched.Run.GetStatusAsync());
        Assert.Equal("The result of step '/Read' cannot be stored as 'TextOf': not today", error.Inner!.Message);
        Assert.True(error.IsCausedBy<PayloadException>());
    }

    [Fact]
    public async Task What_it_throws_when_it_reads_sets_the_run_aside_with_payload_and_type_named()
    {
        await using var watched = await WatchedRun.OfAsync(Failing(write: "payload.GetSpan(1)", read: "throw new FormatException(\"too old\")"));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        Assert.StartsWith("The result of step '/Read' (sequence 1) cannot be read as 'TextOf': 'TextSerializer' does not read it: too old", (await watched.Run.GetInfoAsync()).Error!.Message);
    }

    [Fact]
    public async Task The_limit_of_a_payload_is_that_of_the_serializers_bytes()
    {
        await using var watched = await WatchedRun.OfAsync(Failing(write: "System.Buffers.BuffersExtensions.Write(payload, new byte[2_000_000])", read: "new(\"\")"));
        Assert.True((await watched.Run.GetInfoAsync()).Error!.IsCausedBy<PayloadTooLargeException>());
        Assert.Contains("The result of step '/Read' takes 2,000,000 bytes; the limit is", (await watched.Run.GetInfoAsync()).Error!.Inner!.Message);
    }

    [Fact]
    public async Task A_serializer_that_a_type_gets_later_does_not_read_its_json_and_the_run_says_so()
    {
        var text = Text.Replace("public sealed class TextOf", "[PayloadSerializer(typeof(TextSerializer))] public sealed class TextOf");
        var before = Program(Text.Replace("public sealed class TextSerializer", "internal sealed class TextSerializer"), "throw new InvalidOperationException(\"closed\");");
        await using var watched = await WatchedRun.OfAsync(before);
        await watched.ResumeInAsync(Program(text, ""));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        var message = (await watched.Run.GetInfoAsync()).Error!.Message;
        Assert.StartsWith("The result of step '/Read' (sequence 1) cannot be read as 'System.Collections.Generic.List`1[TextOf]' at '$[0]': It is no base64, which 'TextSerializer' writes. What was stored before 'TextOf' had this serializer cannot be read by it", message);
        await watched.ResumeInAsync(before.Replace("throw new InvalidOperationException(\"closed\");", ""));
        Assert.Equal(RunStatus.Completed, await watched.Run.GetStatusAsync());
    }

    [Fact]
    public async Task One_instance_serves_the_whole_process()
        => Assert.Equal(("1", "/One /Two /Three"), await ReplayedRun.OfAsync($$"""
            [PayloadSerializer(typeof(TextSerializer))] public sealed class TextOf { }
            public sealed class TextSerializer : PayloadSerializer<TextOf>
            {
                public static int Made;
                public TextSerializer() => Made++;
                public override void Write(TextOf value, System.Buffers.IBufferWriter<byte> payload) { }
                public override TextOf Read(ReadOnlySpan<byte> payload) => new();
            }
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync();
                [Step] private static partial Task<TextOf> OneAsync(TextOf? text);
                [Step] private static partial Task<(TextOf, Hidden)> TwoAsync(TextOf text);
                [Step, PayloadSerializer(typeof(TextSerializer))] private static partial Task<TextOf> ThreeAsync();
                private static async Task<string> RunAsyncCore()
                {
                    await TwoAsync(await OneAsync(null));
                    await ThreeAsync();
                    return TextSerializer.Made.ToString();
                }
                private sealed record Hidden(TextOf Text);
                private static TextOf OneAsyncCore(TextOf? text) => new();
                private static (TextOf, Hidden) TwoAsyncCore(TextOf text) => (text, new(text));
                private static TextOf ThreeAsyncCore() => new();
                public static WorkflowCall<string> Start() => RunCall();
            }
            """));

    [Fact]
    public async Task What_reaches_something_sensitive_is_masked_whole()
    {
        var text = Text.Replace("TextOf(string text) { public", "TextOf(string text) { [Sensitive] public");
        await using var watched = await WatchedRun.OfAsync($$"""
            [assembly: PayloadSerializer(typeof(TextSerializer))]
            {{text}}
            public static partial class User
            {
                [Workflow, PayloadSerializer(typeof(TextSerializer))] public static partial Task<TextOf> RunAsync(List<TextOf> texts);
                [Step, StepAlias("Old"), PayloadSerializer(typeof(TextSerializer))] private static partial Task<TextOf> ReadAsync(TextOf text);
                [Step] private static partial Task<TextOf[]> AllAsync(Dictionary<string, TextOf> texts);
                private static async Task<TextOf> RunAsyncCore(List<TextOf> texts) => (await AllAsync(new() { ["a"] = await ReadAsync(texts[0]) }))[0];
                private static TextOf ReadAsyncCore(TextOf text) => text;
                private static TextOf[] AllAsyncCore(Dictionary<string, TextOf> texts) => [.. texts.Values];
                public static WorkflowCall Start() => RunCall([new("hunter2")]);
            }
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal("""{"texts":["***"]}""", await watched.ShownAsync("input"));
        Assert.Equal("\"***\"", await watched.ShownAsync("result"));
        Assert.Equal("\"***\"", await watched.ShownAsync("result", checkpoint: 0));
        Assert.Equal("""["***"]""", await watched.ShownAsync("result", checkpoint: 1));
        Assert.Equal("""{"texts":{"a":"***"}}""", await watched.ShownAsync("arguments", checkpoint: 1));
        await watched.AssertNowhereAsync("hunter2");
        await watched.AssertNowhereAsync(Convert.ToBase64String("hunter2"u8));
    }

    /// <summary>A workflow whose one step has a result by a serializer that fails.</summary>
    private static string Failing(string write, string read) => $$"""
        public sealed class TextOf(string text) { public string Text { get; } = text; }
        public sealed class TextSerializer : PayloadSerializer<TextOf>
        {
            public override void Write(TextOf value, System.Buffers.IBufferWriter<byte> payload) { {{write}}; }
            public override TextOf Read(ReadOnlySpan<byte> payload) => {{read}};
        }
        public static partial class User
        {
            [Workflow] public static partial Task<string> RunAsync();
            [Step, PayloadSerializer(typeof(TextSerializer))] private static partial Task<TextOf> ReadAsync();
            private static async Task<string> RunAsyncCore() => (await ReadAsync()).Text;
            private static TextOf ReadAsyncCore() => new("a");
            public static WorkflowCall Start() => RunCall();
        }
        """;

    /// <summary>A workflow that reads a list of texts and ends in another step.</summary>
    private static string Program(string types, string end) => $$"""
        {{types}}
        public static partial class User
        {
            [Workflow] public static partial Task<string> RunAsync();
            [Step] private static partial Task<List<TextOf>> ReadAsync();
            [Step] private static partial Task EndAsync();
            private static async Task<string> RunAsyncCore() { var texts = await ReadAsync(); await EndAsync(); return texts[0].Text; }
            private static List<TextOf> ReadAsyncCore() => [new("{}")];
            private static void EndAsyncCore() { {{end}} }
            public static WorkflowCall Start() => RunCall();
        }
        """;
}
