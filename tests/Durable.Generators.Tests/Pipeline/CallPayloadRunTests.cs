using Durable.Testing;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What calls of the context store has contracts although no declaration mentions the types, which are written at the calls or inferred.</summary>
public sealed class CallPayloadRunTests
{
    [Fact]
    public async Task What_is_sent_waited_for_asked_published_and_appended_is_stored_by_the_types_at_the_calls()
    {
        var assembly = Generation.Of("""
            public sealed record Order(string Id);
            public sealed record Question(string Text);
            public sealed record Answer(bool Yes);
            public sealed record Shown(int Lines);
            public sealed record Item(DateOnly Day);
            public sealed partial class Flow
            {
                [Workflow] public partial Task<string> RunAsync();
                private async Task<string> RunAsyncCore(WorkflowContext workflow)
                {
                    await workflow.SignalAsync(workflow.RunId, "go", new Order("a"));
                    await workflow.PublishAsync("shown", new Shown(3));
                    await workflow.AppendAsync("items", new Item(new DateOnly(2030, 1, 2)));
                    var order = await workflow.WaitForSignalAsync<Order>("go");
                    var answer = await workflow.RequestAsync<Question, Answer>("ask", new("sure?"), TimeSpan.FromMilliseconds(1));
                    return $"{order.Id} {answer.IsTimedOut}";
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(); }
            """).Compiles().Load();
        await using var host = await GeneratedHost.StartAsync(assembly, durable => durable.ForceReplay());
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "User", "Start"), "run");
        Assert.Equal("a True", await run.GetResultAsync());
        Assert.Equal(
            ["Published /publish[shown]", "Appended /append[items]", "Signal /go", "Request /ask"],
            (await run.GetCheckpointsAsync()).Where(checkpoint => checkpoint.Kind is not (CheckpointKind.WaitStarted or CheckpointKind.Step)).Select(checkpoint => $"{checkpoint.Kind} {checkpoint.StepId}"));
    }

    [Fact]
    public async Task What_a_loop_goes_over_is_stored_by_the_types_at_the_call()
    {
        var assembly = Generation.Of("""
            public sealed record Line(string Text);
            public sealed record Place(int Number);
            public sealed partial class Flow
            {
                [Workflow] public partial Task<string> RunAsync();
                private async Task<string> RunAsyncCore(WorkflowContext workflow)
                {
                    var all = "";
                    await workflow.ForEachAsync("lines", new Place(0), (at, _) => Task.FromResult(at.Number < 3 ? new NextItem<Line, Place>(new Line($"line {at.Number}"), new Place(at.Number + 1)) : null),
                        async (iteration, line) => all = await iteration.StepAsync("add", _ => Task.FromResult(line.Text)));
                    return all;
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(); }
            """).Compiles().Load();
        await using var host = await GeneratedHost.StartAsync(assembly);
        Assert.Equal("line 2", await host.Client.RunAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "User", "Start"), "run"));
    }

    [Fact]
    public void A_call_that_only_looks_like_one_of_the_context_stores_nothing()
        => Assert.DoesNotContain("Other", Generation.Of("""
            namespace Acme;
            public sealed record Other(int X);
            public sealed class Bus { public Task PublishAsync<T>(string key, T value) => Task.FromResult((key, value)); }
            public sealed partial class Flow
            {
                [Workflow] public partial Task RunAsync();
                private Task RunAsyncCore() => new Bus().PublishAsync("x", new Other(1));
            }
            """).Compiles().Files["Durable.Payloads.g.cs"]);

    [Fact]
    public void What_a_signal_brings_that_is_sensitive_is_known_by_the_signals_name()
    {
        var module = Generation.Of("""
            namespace Acme;
            public sealed record Card([property: Sensitive] string Number);
            public sealed partial class Cards
            {
                [Signal] public partial Task<Card> ChargedAsync();
                [Signal] public partial Task<WaitResult<Card>> ChargedAsync(TimeSpan limit);
                [Signal] [return: Sensitive] public partial Task<string> PinAsync();
                [Signal] public partial Task<string> OpenAsync();
                public static async Task<string> HelpAsync(WorkflowContext workflow) => (await workflow.WaitForSignalAsync<Card>("late")).Number;
            }
            """).Compiles().Files["Durable.Module.g.cs"];
        Assert.Equal(
            ["Cards.Charged", "Cards.Pin", "late"],
            module.Split('\n').Where(line => line.Contains("AddSensitiveResult(", StringComparison.Ordinal)).Select(line => line.Split('"')[1]).Order());
    }
}
