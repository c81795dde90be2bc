using System.Text;

namespace Durable.Generators.Tests.Sensitive;

/// <summary>What cannot be masked because too little is known of it is withheld, and what is said about it holds nothing of it.</summary>
public sealed class WithheldPayloadTests
{
    private const string Secret = "hunter2";

    [Fact]
    public async Task A_run_of_a_workflow_that_the_process_does_not_know_shows_no_payload()
    {
        await using var watched = await WatchedRun.OfAsync(Program("public sealed record Card([Sensitive] string Number);", "new Card(\"hunter2\")", "_ = card.Number;"));
        await watched.DeployAsync(null);
        Assert.Contains("'User.Run' (version 1) is not registered in this process", await watched.WithheldAsync("input"));
        Assert.Contains("not registered", await watched.WithheldAsync("result"));
        Assert.Contains("not registered", await watched.WithheldAsync("arguments", checkpoint: 0));
        Assert.Contains("not registered", await watched.WithheldAsync("result", checkpoint: 0));
        await watched.AssertNowhereAsync(Secret);
        Assert.Equal("""{"Number":"hunter2"}""", await watched.ShownAsync("result", checkpoint: 0, showSensitive: true));
    }

    [Fact]
    public async Task Steps_of_one_name_whose_sensitive_results_differ_in_type_are_withheld_and_those_that_agree_are_not()
    {
        await using var watched = await WatchedRun.OfAsync("""
            public sealed record Card([Sensitive] string Number);
            public sealed record Token([Sensitive] string Text);
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync();
                [Step] private static partial Task<Card> FirstAsync();
                [Step] private static partial Task<Card> SecondAsync();
                private static async Task<string> RunAsyncCore() => $"{(await FirstAsync()).Number.Length} {(await SecondAsync()).Number.Length}";
                private static Card FirstAsyncCore() => new("hunter2");
                private static Card SecondAsyncCore() => new("hunter2");
                public static WorkflowCall Start() => RunCall();
            }
            public static partial class Other
            {
                [Step("First")] private static partial Task<Token> FirstAsync();
                [Step("Third"), StepAlias("Second")] private static partial Task<Card> SecondAsync();
                private static Token FirstAsyncCore() => new("hunter2");
                private static Card SecondAsyncCore() => new("hunter2");
            }
            """);
        Assert.Contains("several steps are named 'First'", await watched.WithheldAsync("result", checkpoint: 0));
        Assert.Equal("""{"Number":"***"}""", await watched.ShownAsync("result", checkpoint: 1));
        await watched.AssertNowhereAsync(Secret);
    }

    [Fact]
    public async Task A_stored_value_that_can_no_longer_be_read_is_withheld_and_the_run_is_quarantined_without_a_word_of_it()
    {
        await using var watched = await WatchedRun.OfAsync(Program("public sealed record Card([Sensitive] string Number);", "new Card(\"hunter2\")", "throw new InvalidOperationException(\"closed\");"));
        await watched.ResumeInAsync(Program("public sealed record Card([Sensitive] int Number);", "new Card(1)", ""));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        Assert.StartsWith("The result of step '/Take' (sequence 1) cannot be read as 'Card' at '$.Number': The JSON value could not be converted to Card.\n  To go on", (await watched.Run.GetInfoAsync()).Error!.Message);
        Assert.Equal("it holds what is sensitive, and cannot be read as 'Card'", await watched.WithheldAsync("result", checkpoint: 0));
        await watched.AssertNowhereAsync(Secret);
    }

    [Theory]
    [InlineData("public sealed class Card([Sensitive] string number) { [Sensitive] public string Number { get; } = number == \"hunter2\" ? throw new ArgumentException(number) : number; }", "System.ArgumentException, whose message is withheld")]
    [InlineData("public sealed class Card { [Sensitive] public string Number { get => \"\"; set => throw new JsonException(value, null, null, null, new Exception(value)); } }", "System.Text.Json.JsonException, whose message is withheld")]
    [InlineData("public sealed record Card([Sensitive] string Number, int Added);", "missing required properties including: 'Added'")]
    public async Task What_a_type_says_of_a_value_that_it_does_not_take_is_not_repeated(string type, string message)
    {
        await using var watched = await WatchedRun.OfAsync(Program("public sealed record Card([Sensitive] string Number);", "new Card(\"hunter2\")", "throw new InvalidOperationException(\"closed\");"));
        await watched.ResumeInAsync(Program(type, "null!", ""));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        var error = (await watched.Run.GetInfoAsync()).Error!;
        Assert.Contains(message, error.Message);
        Assert.Null(error.Inner);
        await watched.AssertNowhereAsync(Secret);
    }

    [Theory]
    [InlineData("[Sensitive] ", "[JsonConverter(typeof(CardConverter))] public sealed record Card(string Number);")]
    [InlineData("", "[JsonConverter(typeof(CardConverter))] public sealed record Card([Sensitive] string Number);")]
    [InlineData("", "[PayloadSerializer(typeof(CardSerializer))] public sealed record Card([Sensitive] string Number);")]
    [InlineData("", "public sealed class Card(string number) { [Sensitive] public string Number { get => throw new ArgumentException(number); set { } } }")]
    public async Task Nor_is_what_it_says_while_an_argument_is_fingerprinted(string mark, string type)
    {
        await using var watched = await WatchedRun.OfAsync($$"""
            {{type}}
            public sealed class CardConverter : JsonConverter<Card>
            {
                public override Card Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new FormatException();
                public override void Write(Utf8JsonWriter writer, Card value, JsonSerializerOptions options) => throw new ArgumentException("hunter2");
            }
            public sealed class CardSerializer : PayloadSerializer<Card>
            {
                public override void Write(Card value, System.Buffers.IBufferWriter<byte> payload) => throw new ArgumentException("hunter2");
                public override Card Read(ReadOnlySpan<byte> payload) => throw new FormatException();
            }
            public static partial class User
            {
                [Workflow] public static partial Task<int> RunAsync();
                [Step] private static partial Task<int> ChargeAsync({{mark}}Card card);
                private static Task<int> RunAsyncCore() => ChargeAsync(new("hunter2"));
                private static int ChargeAsyncCore(Card card) => 1;
                public static WorkflowCall Start() => RunCall();
            }
            """);
        Assert.Equal(RunStatus.Failed, await watched.Run.GetStatusAsync());
        Assert.Contains("Argument 'card' cannot be fingerprinted: System.ArgumentException, whose message is withheld", (await watched.Run.GetInfoAsync()).Error!.Message);
        await watched.AssertNowhereAsync(Secret);
    }

    [Theory]
    [InlineData("\"take\"")]
    [InlineData("\"take\" + workflow.RunId")]
    public async Task Nor_is_what_it_says_of_the_result_of_an_inline_step(string name)
    {
        await using var watched = await WatchedRun.OfAsync($$"""
            public sealed class Card { [Sensitive] public string Number { get; set { if (field is not null) throw new ArgumentException(value); field = value; } } = ""; }
            public static partial class User
            {
                [Workflow] public static partial Task<string> RunAsync();
                private static async Task<string> RunAsyncCore(WorkflowContext workflow) => (await workflow.StepAsync({{name}}, _ => Task.FromResult(Make()))).Number;
                private static Card Make() { var card = new Card(); typeof(Card).GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)[0].SetValue(card, "hunter2"); return card; }
                public static WorkflowCall Start() => RunCall();
            }
            """);
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        Assert.Contains("System.ArgumentException, whose message is withheld", (await watched.Run.GetInfoAsync()).Error!.Message);
        await watched.AssertNowhereAsync(Secret);
    }

    [Theory]
    [InlineData("new() { [\"hunter2\"] = new() { [\"hunter2\"] = \"\\ud800\" } }", "cannot be stored as 'Card' at '$.Numbers': ")]
    [InlineData("new() { [\"hunter2\"] = new() { [\"hunter2\"] = new string('x', 2_000_000) } }", "are in 'Numbers'; the limit is")]
    public async Task A_value_that_cannot_be_stored_is_described_up_to_what_is_sensitive(string numbers, string message)
    {
        await using var watched = await WatchedRun.OfAsync(Program("public sealed record Card([Sensitive] Dictionary<string, Dictionary<string, string>> Numbers);", $"new Card({numbers})", ""));
        Assert.Equal(RunStatus.Failed, await watched.Run.GetStatusAsync());
        Assert.Contains(message, (await watched.Run.GetInfoAsync()).Error!.Inner!.Message);
        await watched.AssertNowhereAsync(Secret);
    }

    [Theory]
    [InlineData("$.Numbers.a", "$.Numbers.a")]
    [InlineData("$['Numbers']['a.b']", "$['Numbers']['a.b']")]
    [InlineData("$.Cards[0].Secret.hunter2", "$.Cards[0].Secret")]
    [InlineData("$.Cards[0].Point.Secret.hunter2", "$.Cards[0].Point.Secret")]
    [InlineData("Cards[].Secret[hunter2]", "Cards[].Secret")]
    [InlineData("$.Unknown.hunter2", "$")]
    [InlineData("$", "$")]
    public void A_path_ends_where_it_enters_what_is_sensitive(string path, string shown)
    {
        var form = Payloads.StoredForm.Of(Payloads.PayloadSample.Build("""
            using Durable; using System.Collections.Generic;
            public static class Sample { public static Wallet Value => new(); }
            public sealed class Wallet { public Dictionary<string, string> Numbers { get; set; } = []; public List<Card> Cards { get; set; } = []; }
            public sealed class Card { [Sensitive] public Dictionary<string, string> Secret { get; set; } = []; public Point? Point { get; set; } }
            public struct Point { [Sensitive] public Dictionary<string, string>? Secret { get; set; } }
            """));
        Assert.Equal(shown, form.ShownPath(path));
    }

    [Fact]
    public async Task Changed_arguments_failures_and_divergence_tell_nothing()
    {
        const string types = "public sealed record Card([Sensitive] string Number);";
        await using var watched = await WatchedRun.OfAsync(Program(types, "new Card(\"hunter2\")", "throw new InvalidOperationException(\"closed\");"));
        await watched.ResumeInAsync(Program(types, "new Card(\"hunter2\")", "throw new InvalidOperationException(\"closed\");", argument: "new Card(\"hunter2-edited\")"));
        Assert.Contains(watched.Logs.Lines, line => line.Id == 1204);
        await watched.ResumeInAsync(Program(types, "new Card(\"hunter2\")", "", call: "MoreAsync"));
        Assert.Equal(RunStatus.Quarantined, await watched.Run.GetStatusAsync());
        await watched.AssertNowhereAsync(Secret);
        await watched.ResumeInAsync(Program(types, "new Card(\"hunter2\")", "", call: "MoreAsync"), acceptDivergence: true);
        Assert.Equal(RunStatus.Completed, await watched.Run.GetStatusAsync());
        await watched.AssertNowhereAsync(Secret);
    }

    [Fact]
    public async Task What_replay_reads_is_stored_as_it_is_and_the_mark_changes_no_fingerprint()
    {
        var marked = Program("public sealed record Card([Sensitive] string Number);", "new Card(\"hunter2\")", "throw new InvalidOperationException(\"closed\");");
        await using var watched = await WatchedRun.OfAsync(marked.Replace("[Sensitive] ", "").Replace("[Sensitive]", ""));
        await watched.ResumeInAsync(marked.Replace("throw new InvalidOperationException(\"closed\");", ""));
        Assert.Equal(RunStatus.Completed, await watched.Run.GetStatusAsync());
        var checkpoints = await watched.Run.GetCheckpointsAsync();
        Assert.DoesNotContain(checkpoints, checkpoint => checkpoint.Kind == CheckpointKind.ArgumentsChanged);
        Assert.Equal("""{"Number":"hunter2"}""", Encoding.UTF8.GetString(checkpoints[0].Result.Span));
        Assert.Equal("""{"Number":"***"}""", await watched.ShownAsync("result", checkpoint: 0));
    }

    /// <summary>A workflow that takes a card, hands it to a step, and ends in another.</summary>
    private static string Program(string types, string card, string end, string argument = "card", string call = "TakeAsync") => $$"""
        {{types}}
        public static partial class User
        {
            [Workflow] public static partial Task<string> RunAsync([Sensitive] string input);
            [Step] private static partial Task<Card> TakeAsync(Card? card, [Sensitive] string password);
            [Step] private static partial Task<Card> MoreAsync(Card? card, [Sensitive] string password);
            [Step] private static partial Task EndAsync(Card card);
            private static async Task<string> RunAsyncCore(string input)
            {
                Card? card = null;
                card = await {{call}}({{argument}}, input);
                await EndAsync(card);
                return "done";
            }
            private static Card TakeAsyncCore(Card? card, string password) => {{card}};
            private static Card MoreAsyncCore(Card? card, string password) => {{card}};
            private static void EndAsyncCore(Card card) { {{end}} }
            public static WorkflowCall Start() => RunCall("hunter2");
        }
        """;
}
