using System.Reflection;
using System.Text;
using System.Text.Json;
using Durable.CompilerServices;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Generated code at work: compiled, loaded, and run on the runtime with the in-memory store.</summary>
public sealed class RunTests
{
    private const string Flow = """
        namespace Acme;
        public enum Size { Small, Large }
        public sealed record Item(string Name, int Count);
        public static partial class Flow
        {
            [Workflow] public static partial Task<string> RunAsync(Item item, int times = 2, string? note = "none");
            [Step] private static partial Task<int> CountAsync([StepKey] string name, int count, [NotFingerprinted] string trace, int factor = 1);
            [Step] private static partial ValueTask<Size> SizeOf([StepKey] Size size);
            [Step] private static partial Task ById([StepKey] Guid id);
            [Step] private static partial Task ByNumber([StepKey] long number, CancellationToken token = default);
            [Step(OncePerRun = true)] private static partial Task<string> Once();
            private static async Task<string> RunAsyncCore(Item item, int times, string? note, WorkflowContext workflow)
            {
                var sum = 0;
                for (var i = 0; i < times; i++)
                    sum += await CountAsync(item.Name, item.Count, "t");
                await ById(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"));
                await ByNumber(-7);
                return $"{sum} {await SizeOf(Size.Large)} {note} {await Once()} {await Once()} {workflow.RunId}";
            }
            private static int CountAsyncCore(string name, int count, string trace, int factor) => count * factor;
            private static ValueTask<Size> SizeOfCore(Size size, CancellationToken token, StepContext step) => new(size);
            private static void ByIdCore(Guid id) { }
            private static Task ByNumberCore(long number, CancellationToken token) => Task.CompletedTask;
            private static string OnceCore() => "once";
            public static WorkflowCall<string> Start() => RunCall(new Item("a", 3));
            public static WorkflowCall<string> StartUnstorable() => RunCall(new Item("\ud83d", 3));
        }
        """;

    private static readonly Assembly s_flow = Generation.Of(Flow).Compiles().Load();

    [Fact]
    public async Task A_workflow_runs_with_its_names_keys_and_values()
    {
        await using var host = await GeneratedHost.StartAsync(s_flow);
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(s_flow, "Acme.Flow", "Start"), "run-1");
        Assert.Equal("6 Large none once once run-1", await run.GetResultAsync());
        var checkpoints = await run.GetCheckpointsAsync();
        Assert.Equal(
            ["/Count[a]", "/Count[a]#1", "/ById[0f8fad5b-d9cb-469f-a165-70867728950e]", "/ByNumber[-7]", "/SizeOf[Large]", "/Once"],
            checkpoints.Select(checkpoint => checkpoint.StepId));
    }

    // What is written as null is reported by a rule (DUR1016); what a field or a mock hands back is not seen.
    [Fact]
    public async Task A_body_that_hands_back_null_for_a_task_fails_its_step_in_a_run_and_the_call_outside()
    {
        var assembly = Generation.Of("""
            namespace Acme;
            public static partial class Flow
            {
                public static Task None { get; set; } = null!;
                public static Task<int> No { get; set; } = null!;
                [Workflow] public static partial Task<string> RunAsync();
                [Step] public static partial Task SendAsync();
                [Step] public static partial Task<int> CountAsync();
                private static async Task<string> RunAsyncCore() => await Caught(SendAsync()) + " " + await Caught(CountAsync());
                private static Task SendAsyncCore() => None;
                private static Task<int> CountAsyncCore() => No;
                private static async Task<string> Caught(Task step)
                {
                    try { await step; return "none"; }
                    catch (StepFailedException failure) { return failure.ErrorTypeName; }
                }
                public static WorkflowCall<string> Start() => RunCall();
            }
            """).Compiles().Load();
        await using var host = await GeneratedHost.StartAsync(assembly);
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "Acme.Flow", "Start"), "run-1");
        Assert.Equal("System.NullReferenceException System.ArgumentNullException", await run.GetResultAsync());
        await Assert.ThrowsAsync<NullReferenceException>(() => Outside("SendAsync"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Outside("CountAsync"));

        Task Outside(string step) => (Task)assembly.GetType("Acme.Flow")!.GetMethod(step)!.Invoke(null, [])!;
    }

    [Fact]
    public void Arguments_are_stored_as_an_object_by_parameter_name()
        => Assert.Equal("""{"item":{"Name":"a","Count":3},"times":2,"note":"none"}""", Text(GeneratedHost.Call(s_flow, "Acme.Flow", "Start")));

    [Fact]
    public void Arguments_that_cannot_be_stored_are_named_by_their_workflow_not_by_a_generated_type()
    {
        var call = Assert.Throws<TargetInvocationException>(() => GeneratedHost.Call(s_flow, "Acme.Flow", "StartUnstorable"));
        var error = Assert.IsType<PayloadException>(call.InnerException);
        Assert.StartsWith("The arguments of workflow 'Flow.Run' cannot be stored", error.Message);
        Assert.DoesNotContain("Durable.Generated", error.Message);
    }

    [Fact]
    public void A_missing_argument_takes_its_declared_default_and_one_without_default_is_required()
    {
        var (json, type) = ArgumentsContract();
        var read = JsonSerializer.Deserialize("""{"item":{"Name":"a","Count":3}}""", json)!;
        Assert.Equal((2, "none"), ((int)type.GetProperty("times")!.GetValue(read)!, (string)type.GetProperty("note")!.GetValue(read)!));
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"times":1}""", json));
        Assert.Contains("item", error.Message);
    }

    [Fact]
    public void A_step_is_fingerprinted_by_name_without_defaults_and_what_is_left_out()
    {
        long Hash(string name, int count, string trace, int factor) => ArgumentsWriter.Fingerprint(Count(), (name, count, trace, factor));
        var expected = FingerprintWriter.Hash<int>(static (writer, _) =>
        {
            writer.BeginObject();
            writer.Member("count");
            writer.Integer(3L);
            writer.Member("name");
            writer.Text("a");
            writer.EndObject();
        }, 0);
        Assert.Equal(expected, Hash("a", 3, "trace", 1));
        Assert.Equal(expected, Hash("a", 3, "other", 1));
        Assert.NotEqual(expected, Hash("a", 3, "trace", 2));
    }

    [Fact]
    public void A_steps_arguments_are_written_by_parameter_name()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ArgumentsWriter.WriteJson(writer, Count().Arguments!, ("a", 3, "t", 1));
        Assert.Equal("""{"count":3,"factor":1,"name":"a","trace":"t"}""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task Outside_a_run_a_step_is_an_ordinary_call_and_a_workflow_says_how_to_start_it()
    {
        var count = (Task<int>)s_flow.GetType("Acme.Flow")!.GetMethod("CountAsync", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, ["a", 3, "t", 2])!;
        Assert.Equal(6, await count);
        var workflow = (Task)s_flow.GetType("Acme.Flow")!.GetMethod("RunAsync")!.Invoke(null, [null, 1, null])!;
        Assert.Contains("Flow.RunCall(...)", (await Assert.ThrowsAsync<InvalidOperationException>(() => workflow)).Message);
    }

    [Fact]
    public async Task A_project_runs_the_steps_and_workflows_of_a_library()
    {
        var library = Generation.Of("""
            namespace Library;
            public sealed partial class Mailing
            {
                private int _sent;
                [Step] public partial Task<int> SendAsync(string to);
                private int SendAsyncCore(string to) => ++_sent;
            }
            public static partial class Nightly
            {
                [Workflow] public static partial Task<int> RunAsync();
                private static Task<int> RunAsyncCore() => Task.FromResult(1);
            }
            """, "Library").Compiles();
        var app = Generation.Of("""
            namespace App;
            public sealed partial class Flow(Library.Mailing mailing)
            {
                [Workflow] public partial Task<int> RunAsync();
                private async Task<int> RunAsyncCore() { await mailing.SendAsync("a"); return await mailing.SendAsync("b"); }
                public static WorkflowCall<int> Start() => RunCall();
            }
            public static class Other { public static WorkflowCall<int> Start() => Library.Nightly.RunCall(); }
            """, "App", library.Reference()).Compiles();
        Assert.Contains("global::Durable.Generated.Library.DurableModule", app.Files["Durable.AddWorkflows.g.cs"]);
        Assert.Contains("IsSequential = true", app.Files["App.Flow.g.cs"]);

        var assembly = app.Load(library);
        await using var host = await GeneratedHost.StartAsync(assembly);
        Assert.Equal(2, await host.Client.RunAsync((WorkflowCall<int>)GeneratedHost.Call(assembly, "App.Flow", "Start")));
        Assert.Equal(1, await host.Client.RunAsync((WorkflowCall<int>)GeneratedHost.Call(assembly, "App.Other", "Start")));
        var run = await host.Client.StartAsync((WorkflowCall<int>)GeneratedHost.Call(assembly, "App.Flow", "Start"), "again");
        await run.GetResultAsync();
        Assert.Equal(["/Mailing.Send", "/Mailing.Send#1"], (await run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public async Task Steps_run_in_helper_methods_and_side_by_side()
    {
        var app = Generation.Of("""
            namespace App;
            public static partial class Flow
            {
                [Workflow] public static partial Task<string> RunAsync();
                [Step] private static partial Task<int> DoubleAsync([StepKey] int number);
                [Step] private static partial Task<string> FirstAsync();
                [Step] private static partial Task<string> NeverAsync();
                private static async Task<string> RunAsyncCore()
                {
                    var sum = await SumAsync(1) + await SumAsync(4);
                    var first = FirstAsync();
                    var winner = await Task.WhenAny(NeverAsync(), first);
                    return $"{sum} {await winner}";
                }
                private static async Task<int> SumAsync(int from) => (await Task.WhenAll(Enumerable.Range(from, 3).Select(DoubleAsync))).Sum();
                private static int DoubleAsyncCore(int number) => 2 * number;
                private static string FirstAsyncCore() => "first";
                private static Task<string> NeverAsyncCore() => new TaskCompletionSource<string>().Task;
                public static WorkflowCall<string> Start() => RunCall();
            }
            """, "App").Compiles().Load();
        await using var host = await GeneratedHost.StartAsync(app);
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(app, "App.Flow", "Start"), "run");
        Assert.Equal("42 first", await run.GetResultAsync());
        Assert.Equal(
            ["/Double[1]", "/Double[2]", "/Double[3]", "/Double[4]", "/Double[5]", "/Double[6]", "/First"],
            (await run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId).Order());
    }

    [Fact]
    public void A_test_project_that_sees_the_internals_of_another_has_one_AddWorkflows()
    {
        var app = Generation.Of("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]\n" + Samples.Order, "App").Compiles();
        Generation.Of("public static class User { public static DurableBuilder Add(DurableBuilder durable) => durable.AddWorkflows(); }", "Tests", app.Reference()).Compiles();
    }

    private static string Text(WorkflowCall call) => Encoding.UTF8.GetString(call.Input.Span);

    private static object Definition(string method)
        => s_flow.GetType("Acme.Flow+__Durable")!.GetField(method, BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;

    private static StepDefinition<(string, int, string, int), int> Count() => (StepDefinition<(string, int, string, int), int>)Definition("CountAsync");

    private static (System.Text.Json.Serialization.Metadata.JsonTypeInfo Json, Type Type) ArgumentsContract()
    {
        var options = ((WorkflowDefinition)Definition("RunAsync")).Json;
        var type = s_flow.GetType("Durable.Generated.Sample.Arguments.Acme.Flow.__RunAsync")!;
        return (options.GetTypeInfo(type), type);
    }
}
