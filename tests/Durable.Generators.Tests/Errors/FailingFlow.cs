using System.Reflection;
using Durable.Generators.Tests.Pipeline;

namespace Durable.Generators.Tests.Errors;

/// <summary>A workflow whose step throws, and that catches the failure: what it says of it on the first run and on replay.</summary>
internal sealed record FailingFlow
{
    /// <summary>The error types.</summary>
    public required string Types { get; init; }

    /// <summary>What the step throws: an expression.</summary>
    public required string Thrown { get; init; }

    /// <summary>What the workflow makes of it: an expression of <c>failure</c>, a StepFailedException, and <c>cause</c>, its inner exception.</summary>
    public string Shown { get; init; } = """$"{cause?.GetType()} {cause?.Message}" """;

    /// <summary>Statements behind it.</summary>
    public string End { get; init; } = "";

    /// <summary>The attributes of the step.</summary>
    public string Step { get; init; } = "[Step]";

    /// <summary>True for an inline step.</summary>
    public bool Inline { get; init; }

    /// <summary>Statements of the step before it throws.</summary>
    public string Before { get; init; } = "await Task.CompletedTask;";

    public string Source => $$"""
        {{Types}}
        public static partial class User
        {
            public static Exception? Live { get; private set; }
            [Workflow("Flow")] public static partial Task<string> RunAsync();
            {{Step}} private static partial Task<int> ChargeAsync();
            [Step] private static partial Task EndAsync();
            private static async Task<int> ChargeAsyncCore(StepContext step) { {{Before}} throw (Live = {{Thrown}}); }
            private static void EndAsyncCore() { {{End}} }
            private static async Task<string> RunAsyncCore(WorkflowContext workflow)
            {
                string shown;
                try { shown = $"{await {{(Inline ? "workflow.StepAsync(\"charge\", null, new StepOptions(), (step, _) => ChargeAsyncCore(step))" : "ChargeAsync()")}}}"; }
                catch (StepFailedException failure) when (failure.InnerException is var cause) { shown = ReferenceEquals(cause, Live) && Live is not null ? "the live one" : {{Shown}}; }
                await EndAsync();
                return shown;
            }
            public static WorkflowCall<string> Start() => RunCall();
        }
        """;

    /// <summary>What the workflow says of the failure, equally on the first run and on replay.</summary>
    public async Task<string> ShownAsync()
    {
        var generation = Generation.WithContexts(Source).Compiles();
        var assembly = generation.Load();
        await using var host = await GeneratedHost.StartAsync(assembly);
        var first = await ((await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "User", "Start"), "run")).GetResultAsync());
        Assert.NotNull(assembly.GetType("User")!.GetProperty("Live", BindingFlags.Public | BindingFlags.Static)!.GetValue(null));
        Assert.Equal(first, (await ReplayedRun.OfAsync(generation)).Result);
        return first;
    }
}
