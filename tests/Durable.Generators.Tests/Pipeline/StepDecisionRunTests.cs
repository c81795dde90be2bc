using System.Reflection;
using Durable.TestKit;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Operators complete steps of generated code: with a value that is stored as the step's own declaration stores it, or not at all.</summary>
public sealed class StepDecisionRunTests
{
    private const string Project = """
        using System.Buffers;
        using System.Text;
        namespace Acme;

        public sealed record Charge(string Id);
        public sealed class PlainText : PayloadSerializer<Charge>
        {
            public override void Write(Charge value, IBufferWriter<byte> output) => output.Write(Encoding.UTF8.GetBytes("charge:" + value.Id));
            public override Charge Read(ReadOnlySpan<byte> stored) => new(Encoding.UTF8.GetString(stored)["charge:".Length..]);
        }

        public static partial class Flow
        {
            [Workflow] public static partial Task<string> RunAsync(string which);
            [Step, StepAlias("Pay"), PayloadSerializer(typeof(PlainText))] private static partial Task<Charge> PayNowAsync();
            [Step] [return: Sensitive] private static partial Task<string> SecretAsync();
            [Step] private static partial Task<Hidden> PrivateAsync();
            [Step] private static partial Task SilentAsync();
            private static async Task<string> RunAsyncCore(string which, WorkflowContext workflow) => which switch
            {
                "PayNow" => (await PayNowAsync()).Id,
                "Secret" => await SecretAsync(),
                "Private" => (await PrivateAsync()).ToString(),
                "Silent" => await After(SilentAsync()),
                "Library.Save" => (await Library.SaveAsync()).ToString(),
                "Shelf.Put" => await new Shelf<int>().PutAsync(),
                "inline" => (await workflow.StepAsync<Charge>("inline", _ => throw new Exception())).Id,
                "quiet" => await After(workflow.StepAsync("quiet", _ => throw new Exception())),
                "twice" => (await workflow.StepAsync<int>("twice", _ => throw new Exception())).ToString(),
                "other" => await workflow.StepAsync<string>("twice", _ => throw new Exception()),
                _ => throw new InvalidOperationException(which),
            };
            private static async Task<string> After(Task task) { await task; return "done"; }
            private static Charge PayNowAsyncCore() => throw new Exception();
            private static string SecretAsyncCore() => throw new Exception();
            private static Hidden PrivateAsyncCore() => throw new Exception();
            private static void SilentAsyncCore() => throw new Exception();
            private sealed record Hidden(int Number);
            public static object MakeHidden() => new Hidden(3);
            public static WorkflowCall<string> Start(string which) => RunCall(which);
        }

        public static partial class Library
        {
            [Step] public static partial Task<int> SaveAsync();
            private static int SaveAsyncCore() => throw new Exception();
        }

        public sealed partial class Shelf<T>
        {
            [Step] public partial Task<string> PutAsync();
            private string PutAsyncCore() => throw new Exception();
        }
        """;

    private static readonly Assembly s_project = Generation.Of(Project).Compiles().Load();

    [Fact]
    public void What_is_registered_of_steps() => Snapshot.Matches(Generation.Of(Project).Compiles().Files["Durable.Module.g.cs"]);

    [Theory]
    [InlineData("Secret", "by hand", "by hand")]
    [InlineData("Silent", null, "done")]
    [InlineData("Library.Save", 17, "17")]
    [InlineData("Shelf.Put", "by hand", "by hand")]
    [InlineData("quiet", null, "done")]
    public async Task A_step_is_completed_wherever_it_is_declared(string step, object? value, string result)
        => Assert.Equal(result, await CompleteAsync(step, value));

    [Fact]
    public async Task A_value_is_stored_by_the_steps_own_serializer()
    {
        await using var host = await GeneratedHost.StartAsync(s_project);
        var run = await FailAsync(host, "PayNow");
        await CompleteAsync(run, "/PayNow", Charge());
        Assert.Equal("c-1", await run.GetResultAsync());
        Assert.Equal("charge:c-1", System.Text.Encoding.UTF8.GetString((await run.GetCheckpointsAsync())[0].Result.Span));
    }

    [Fact]
    public async Task An_inline_step_stores_by_contract()
        => Assert.Equal("c-1", await CompleteAsync("inline", Charge()));

    [Fact]
    public async Task A_private_result_is_completed_from_within()
        => Assert.Equal("Hidden { Number = 3 }", await CompleteAsync("Private", s_project.GetType("Acme.Flow")!.GetMethod("MakeHidden")!.Invoke(null, [])));

    [Theory]
    [InlineData("PayNow", "text", "'Acme.Charge', not 'System.String'")]
    [InlineData("Library.Save", "text", "'System.Int32', not 'System.String'")]
    [InlineData("inline", "text", "'Acme.Charge', not 'System.String'")]
    [InlineData("Silent", "text", "has no result")]
    [InlineData("quiet", "text", "has no result")]
    [InlineData("Secret", null, "call CompleteStepAsync(stepId, value)")]
    public async Task A_value_of_another_type_is_refused(string step, object? value, string message)
        => Assert.Contains(message, (await Assert.ThrowsAsync<ArgumentException>(() => CompleteAsync(step, value))).Message);

    [Fact]
    public async Task Steps_of_one_name_and_different_results_are_not_guessed_between()
        => Assert.Contains("Several steps are named 'twice'", (await Assert.ThrowsAsync<InvalidOperationException>(() => CompleteAsync("twice", 17))).Message);

    private static object Charge() => Activator.CreateInstance(s_project.GetType("Acme.Charge")!, "c-1")!;

    private static async Task<string> CompleteAsync(string step, object? value)
    {
        await using var host = await GeneratedHost.StartAsync(s_project);
        var run = await FailAsync(host, step);
        await CompleteAsync(run, "/" + step, value);
        return await run.GetResultAsync();
    }

    private static async Task<RunHandle<string>> FailAsync(DurableHost host, string step)
    {
        var call = (WorkflowCall<string>)s_project.GetType("Acme.Flow")!.GetMethod("Start")!.Invoke(null, [step])!;
        var run = await host.Client.StartAsync(call, "run");
        await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
        return run;
    }

    private static Task CompleteAsync(RunHandle run, string stepId, object? value)
    {
        if (value is null)
            return run.CompleteStepAsync(stepId);
        var complete = typeof(RunHandle).GetMethods().Single(method => method is { Name: nameof(RunHandle.CompleteStepAsync), IsGenericMethod: true });
        return (Task)complete.MakeGenericMethod(value.GetType()).Invoke(run, [stepId, value, default(CancellationToken)])!;
    }
}
