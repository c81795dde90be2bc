namespace Durable.Generators.Tests.Errors;

/// <summary>What <c>[DurableError]</c> types are made again of: equal in type, message and data on the first run and on replay, and never the exception that was thrown.</summary>
public sealed class BroughtBackTests
{
    private const string Declined = """
        [DurableError]
        public sealed class CardDeclinedException(string code, decimal amount) : Exception($"Declined: {code}")
        {
            public string Code { get; } = code;
            public decimal Amount { get; } = amount;
        }
        """;

    [Fact]
    public async Task An_error_comes_back_with_type_message_and_data()
        => Assert.Equal("CardDeclinedException Declined: insufficient_funds insufficient_funds 12.50 no stack", await new FailingFlow
        {
            Types = Declined,
            Thrown = """new CardDeclinedException("insufficient_funds", 12.50m)""",
            Shown = """cause is CardDeclinedException { Code: "insufficient_funds" } declined ? FormattableString.Invariant($"{declined.GetType()} {declined.Message} {declined.Code} {declined.Amount} {declined.StackTrace ?? "no stack"}") : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task Properties_are_set_that_no_constructor_takes()
        => Assert.Equal("Late of 3 days, 4 hours, at 5, on -, hidden 7", await new FailingFlow
        {
            Types = """
                [DurableError]
                public sealed class LateException : Exception
                {
                    public required int Days { get; set; }
                    public int Hours { get; init; }
                    [JsonPropertyName("when")] public int At { get; set; } = 1;
                    public string? On { get; set; }
                    [JsonInclude] internal int Hidden { get; private set; }
                    public override string Message => $"Late of {Days} days";
                    public bool IsLong => Days > 2;
                    public LateException Hide(int value) { Hidden = value; return this; }
                }
                """,
            Thrown = "new LateException { Days = 3, Hours = 4, At = 5, On = null }.Hide(7)",
            Shown = """cause is LateException late ? $"{late.Message}, {late.Hours} hours, at {late.At}, on {late.On ?? "-"}, hidden {late.Hidden}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_derived_type_comes_back_as_itself_with_what_its_bases_hold()
        => Assert.Equal("Net.Outer+TimedOutException at gate 3 after 00:00:05", await new FailingFlow
        {
            Types = """
                namespace Net
                {
                    public abstract class GateException(int gate, string message) : InvalidOperationException(message) { public int Gate { get; } = gate; }
                    public static class Outer
                    {
                        [DurableError]
                        internal class TimedOutException(int gate, TimeSpan after) : GateException(gate, $"gate {gate} timed out") { public TimeSpan After { get; } = after; }
                    }
                }
                """,
            Thrown = "new Net.Outer.TimedOutException(3, TimeSpan.FromSeconds(5))",
            Shown = """cause is Net.Outer.TimedOutException late ? $"{late.GetType()} at gate {late.Gate} after {late.After}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task Records_lists_and_dictionaries_are_data_like_any_other()
        => Assert.Equal("2 lines, second B x 2, by eva", await new FailingFlow
        {
            Types = """
                public sealed record Line(string Item, int Count);
                [DurableError]
                public sealed class OutOfStockException(IReadOnlyList<Line> lines, Dictionary<string, string>? notes = null) : Exception("Out of stock")
                {
                    public IReadOnlyList<Line> Lines { get; } = lines;
                    public Dictionary<string, string>? Notes { get; } = notes;
                }
                """,
            Thrown = """new OutOfStockException([new("A", 1), new("B", 2)], new() { ["by"] = "eva" })""",
            Shown = """cause is OutOfStockException stock ? $"{stock.Lines.Count} lines, second {stock.Lines[1].Item} x {stock.Lines[1].Count}, by {stock.Notes!["by"]}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task The_usual_constructors_are_given_the_recorded_message()
        => Assert.Equal("GateException gate 3 is closed (3), inner none", await new FailingFlow
        {
            Types = """
                [DurableError]
                public class GateException : Exception
                {
                    public GateException() { }
                    public GateException(string message) : base(message) { }
                    public GateException(string message, Exception innerException) : base(message, innerException) { }
                    public int Gate { get; set; }
                }
                """,
            Thrown = """new GateException("gate 3 is closed", new InvalidOperationException("not marked")) { Gate = 3 }""",
            Shown = """cause is GateException gate ? $"{gate.GetType()} {gate.Message} ({gate.Gate}), inner {gate.InnerException?.Message ?? "none"}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task The_constructor_that_loses_nothing_goes_before_a_longer_one()
        => Assert.Equal("closed 7", await new FailingFlow
        {
            Types = """
                [DurableError]
                public sealed class GateException : Exception
                {
                    public GateException(int gate) : base("closed") => Gate = gate;
                    public GateException(string message, Exception? innerException) : base(message, innerException) { }
                    public int Gate { get; }
                }
                """,
            Thrown = "new GateException(7)",
            Shown = """cause is GateException gate ? $"{gate.Message} {gate.Gate}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task The_constructor_that_takes_the_message_goes_before_one_as_long()
        => Assert.Equal("closed for good 7", await new FailingFlow
        {
            Types = """
                [DurableError]
                public sealed class GateException : Exception
                {
                    public GateException(int gate) : base("closed") => Gate = gate;
                    public GateException(string message) : base(message) { }
                    public int Gate { get; set; }
                }
                """,
            Thrown = """new GateException("closed for good") { Gate = 7 }""",
            Shown = """cause is GateException gate ? $"{gate.Message} {gate.Gate}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_collection_is_filled_where_the_constructor_takes_the_message_only()
        => Assert.Equal("invalid: name, age 1", await new FailingFlow
        {
            Types = """
                [DurableError]
                public sealed class InvalidException(string message, Exception? innerException = null) : Exception(message, innerException)
                {
                    public List<string> Reasons { get; } = [];
                    public Dictionary<string, int> Counts { get; } = new();
                }
                """,
            Thrown = """new InvalidException("invalid") { Reasons = { "name", "age" }, Counts = { ["age"] = 1 } }""",
            Shown = """cause is InvalidException invalid ? $"{invalid.Message}: {string.Join(", ", invalid.Reasons)} {invalid.Counts["age"]}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_marked_constructor_is_used_though_it_is_private()
        => Assert.Equal("made of 7", await new FailingFlow
        {
            Types = """
                [DurableError]
                public sealed class GateException : Exception
                {
                    public GateException(int gate, bool isOpen) : base($"thrown of {gate}{isOpen}") => Gate = gate;
                    [JsonConstructor] private GateException(int gate) : base($"made of {gate}") => Gate = gate;
                    public int Gate { get; }
                }
                """,
            Thrown = "new GateException(7, true)",
            Shown = "cause!.Message",
        }.ShownAsync());

    [Fact]
    public async Task A_message_that_the_data_does_not_give_is_still_in_the_error()
        => Assert.Equal("of 7, recorded as 'gone at noon'", await new FailingFlow
        {
            Types = """
                [DurableError]
                public sealed class GateException : Exception
                {
                    public GateException(int gate) : base($"of {gate}") => Gate = gate;
                    private GateException(int gate, string message) : base(message) => Gate = gate;
                    public int Gate { get; }
                    public static GateException At(int gate, string message) => new(gate, message);
                }
                """,
            Thrown = """GateException.At(7, "gone at noon")""",
            Shown = """$"{cause!.Message}, recorded as '{failure.Error.Message}'" """,
        }.ShownAsync());

    [Fact]
    public async Task The_nearest_marked_error_within_another_is_the_cause()
        => Assert.Equal("System.ApplicationException, CardDeclinedException lost True", await new FailingFlow
        {
            Types = Declined,
            Thrown = """new ApplicationException("outer", new InvalidOperationException("middle", new CardDeclinedException("lost", 1)))""",
            Shown = """cause is CardDeclinedException declined ? $"{failure.ErrorTypeName}, {failure.Error.Inner!.Inner!.TypeName} {declined.Code} {failure.IsCausedBy<InvalidOperationException>()}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_marked_error_within_a_marked_one_comes_back_as_its_inner_exception()
        => Assert.Equal("order 7: no money, because of lost", await new FailingFlow
        {
            Types = Declined + """
                [DurableError]
                public sealed class OrderException(int order, string message, Exception? innerException) : Exception(message, innerException)
                {
                    public int Order { get; } = order;
                }
                """,
            Thrown = """new OrderException(7, "no money", new AggregateException(new CardDeclinedException("lost", 1)))""",
            Shown = """cause is OrderException { InnerException: CardDeclinedException declined } order ? $"order {order.Order}: {order.Message}, because of {declined.Code}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task What_a_canceled_body_throws_is_the_cause_of_the_timeout()
        => Assert.Equal("Durable.StepTimeoutException for lost", await new FailingFlow
        {
            Types = Declined,
            Step = """[Step, Retry(MaxAttempts = 1, AttemptTimeout = "20ms")]""",
            Before = "var over = new TaskCompletionSource(); using var end = step.CancellationToken.Register(over.SetResult); await over.Task;",
            Thrown = """new CardDeclinedException("lost", 1)""",
            Shown = """cause is CardDeclinedException declined ? $"{failure.GetType()} for {declined.Code}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task The_last_attempt_is_the_one_whose_error_comes_back()
        => Assert.Equal("attempt 2, after 2", await new FailingFlow
        {
            Types = """[DurableError] public sealed class BusyException(int attempt) : Exception("busy") { public int Attempt { get; } = attempt; }""",
            Step = """[Step, Retry(MaxAttempts = 2, InitialDelay = "1ms")]""",
            Thrown = "new BusyException(step.Attempt)",
            Shown = """cause is BusyException busy ? $"attempt {busy.Attempt}, after {failure.Attempts}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_type_without_data_comes_back_as_itself()
        => Assert.Equal("ClosedException closed", await new FailingFlow
        {
            Types = """[DurableError] public sealed class ClosedException() : Exception("closed");""",
            Thrown = "new ClosedException()",
        }.ShownAsync());

    [Fact]
    public async Task An_inline_step_fails_by_its_error_as_others_do()
        => Assert.Equal("lost", await new FailingFlow
        {
            Types = Declined,
            Inline = true,
            Thrown = """new CardDeclinedException("lost", 1)""",
            Shown = """cause is CardDeclinedException declined ? declined.Code : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_converter_of_the_users_makes_its_errors()
        => Assert.Equal("gate 7, closed", await new FailingFlow
        {
            Types = """
                [DurableError, JsonConverter(typeof(GateConverter))]
                public sealed class GateException(int gate, Func<string> why) : Exception($"gate {gate}") { public int Gate { get; } = gate; public Func<string> Why { get; } = why; }
                public sealed class GateConverter : JsonConverter<GateException>
                {
                    public override GateException Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt32(), () => "closed");
                    public override void Write(Utf8JsonWriter writer, GateException value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Gate);
                }
                """,
            Thrown = """new GateException(7, () => "thrown")""",
            Shown = """cause is GateException gate ? $"{gate.Message}, {gate.Why()}" : "another" """,
        }.ShownAsync());

    [Fact]
    public async Task A_type_derived_from_a_marked_one_is_not_marked()
        => Assert.Equal("none, True", await new FailingFlow
        {
            Types = """
                [DurableError] public class GateException(string message) : Exception(message);
                public sealed class LockedException(int code) : GateException("locked") { public int Code { get; } = code; }
                """,
            Thrown = "new LockedException(7)",
            Shown = """$"{cause?.Message ?? "none"}, {failure.IsCausedBy<GateException>()}" """,
        }.ShownAsync());

    [Fact]
    public async Task What_workflow_code_throws_of_an_error_that_came_back_is_recorded_as_that()
        => Assert.Equal("CardDeclinedException Declined: lost 1", await RunErrorAsync("throw cause!;"));

    [Fact]
    public async Task A_run_that_fails_by_its_step_fails_by_the_marked_error()
        => Assert.Equal("CardDeclinedException Declined: lost 1", await RunErrorAsync("throw;"));

    [Fact]
    public async Task A_run_fails_by_a_marked_error_of_its_own()
        => Assert.Equal("CardDeclinedException Declined: own 2", await RunErrorAsync("""throw new CardDeclinedException("own", 2);"""));

    private static async Task<string> RunErrorAsync(string handler)
    {
        var assembly = Generation.Of(Declined + $$"""
            public static partial class User
            {
                [Workflow] public static partial Task RunAsync();
                [Step] private static partial Task ChargeAsync();
                private static void ChargeAsyncCore() => throw new CardDeclinedException("lost", 1);
                private static async Task RunAsyncCore()
                {
                    try { await ChargeAsync(); }
                    catch (StepFailedException failure) when (failure.InnerException is var cause) { _ = cause; {{handler}} }
                }
                public static WorkflowCall Start() => RunCall();
            }
            """).Compiles().Load();
        await using var host = await Pipeline.GeneratedHost.StartAsync(assembly);
        var failure = await Assert.ThrowsAsync<RunFailedException>(() => host.Client.RunAsync(Pipeline.GeneratedHost.Call(assembly, "User", "Start")));
        var cause = Assert.IsAssignableFrom<Exception>(failure.InnerException);
        return $"{cause.GetType()} {cause.Message} {cause.GetType().GetProperty("Amount")!.GetValue(cause)}";
    }
}
