using System.Reflection;
using Durable.Storage;
using Durable.TestKit;

namespace Durable.Generators.Tests.Deploy;

/// <summary>A run that one build leaves behind, failed in its last step, and that another build goes on with: the code of both as a user writes it.</summary>
internal sealed record TwoBuilds
{
    /// <summary>The types of the first build.</summary>
    public required string Before { get; init; }

    /// <summary>The types of the second build.</summary>
    public required string After { get; init; }

    /// <summary>What the first build's step returns: an expression of type <c>R</c>.</summary>
    public string Stored { get; init; } = "new()";

    /// <summary>What the second build makes of it: an expression that takes <c>value</c>, and its workflow's parameters.</summary>
    public string Shown { get; init; } = "$\"{value}\"";

    /// <summary>The parameters of the first build's workflow.</summary>
    public string ParametersBefore { get; init; } = "";

    /// <summary>The arguments of the first build's call.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The parameters of the second build's workflow.</summary>
    public string ParametersAfter { get; init; } = "";

    /// <summary>The run's result in the second build.</summary>
    /// <exception cref="RunQuarantinedException">The second build cannot read what the first one stored.</exception>
    public async Task<string> ResultAsync()
    {
        var store = new KeptStore(new InMemoryStore(TimeProvider.System));
        var first = Build(Before, ParametersBefore, Stored, "\"\"", "throw new InvalidOperationException(\"the end is closed\");", $"public static WorkflowCall<string> Start() => RunCall({Arguments});");
        await using (var host = await StartAsync(first, store))
        {
            var run = await host.Client.StartAsync((WorkflowCall<string>)first.GetType("Acme.Flow")!.GetMethod("Start")!.Invoke(null, [])!, "run");
            await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
        }

        var second = Build(After, ParametersAfter, "throw new InvalidOperationException(\"must not run\")", Shown, "", "");
        await using var next = await StartAsync(second, store);
        await next.Client.GetRun("run").ResumeAsync();
        return await next.Client.GetRun<string>("run").GetResultAsync();
    }

    /// <summary>The message with which the second build sets the run aside.</summary>
    public async Task<string> QuarantineAsync() => (await Assert.ThrowsAsync<RunQuarantinedException>(ResultAsync)).Message;

    private static Task<DurableHost> StartAsync(Assembly build, KeptStore store)
    {
        var add = build.GetType("Durable.DurableWorkflowsExtensions")!.GetMethod("AddWorkflows")!;
        return DurableHost.StartAsync(durable => add.Invoke(null, [durable.UseStore(_ => store)]));
    }

    // A default, of the last parameter only, stands on the declaration and not on the body.
    private static Assembly Build(string types, string parameters, string stored, string shown, string end, string start) => Generation.Of($$"""
        using System.Text.Json.Serialization;
        namespace Acme;
        {{types}}
        public static partial class Flow
        {
            [Workflow("Flow")] public static partial Task<string> RunAsync({{parameters}});
            [Step] private static partial Task<R> ChargeAsync();
            private static R ChargeAsyncCore() => {{stored}};
            [Step] private static partial Task EndAsync();
            private static void EndAsyncCore() { {{end}} }
            private static async Task<string> RunAsyncCore({{parameters.Split(" = ")[0]}})
            {
                var value = await ChargeAsync();
                await EndAsync();
                return {{shown}};
            }
            {{start}}
        }
        """).Compiles().Load();
}
