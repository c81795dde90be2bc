using System.Diagnostics;
using System.Reflection;
using Durable.CompilerServices;
using Durable.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Who steps into a step's call comes to its body: a debugger passes through methods that are so marked.</summary>
public sealed class DebuggerTests
{
    [Fact]
    public async Task Between_a_step_call_and_its_body_a_debugger_finds_nothing_to_stop_in()
    {
        var assembly = Generation.Of("""
            namespace Acme;
            public static partial class Flow
            {
                public static System.Diagnostics.StackFrame[] Frames = [];
                [Step] private static partial Task LookAsync(int depth);
                private static void LookAsyncCore(int depth) => Frames = new System.Diagnostics.StackTrace().GetFrames();
                public static Task CallAsync() => LookAsync(1);
            }
            """).Compiles().Load();
        var flow = assembly.GetType("Acme.Flow")!;
        await (Task)flow.GetMethod("CallAsync")!.Invoke(null, [])!;
        var frames = (StackFrame[])flow.GetField("Frames")!.GetValue(null)!;
        var between = frames.Select(frame => frame.GetMethod()!).SkipWhile(method => method.Name != "LookAsyncCore").Skip(1).TakeWhile(method => method.Name != "CallAsync").ToList();
        Assert.Contains(between, method => method.Name == "LookAsync");
        Assert.All(between.Where(method => method.Module.Assembly != typeof(object).Assembly), IsSteppedThrough);
    }

    [Fact]
    public async Task In_a_run_too_the_body_is_under_the_call_and_a_debugger_finds_nothing_to_stop_in_between()
    {
        var assembly = Generation.Of("""
            namespace Acme;
            public sealed partial class Flow
            {
                public static List<System.Diagnostics.StackFrame[]> Frames { get; } = [];
                [Workflow] public partial Task<string> RunAsync();
                [Step] private partial Task<int> LookAsync([StepKey] int depth);
                [Step] private partial ValueTask WatchAsync();
                [Step(OncePerRun = true)] private static partial Task OnceAsync();
                private async Task<string> RunAsyncCore(WorkflowContext workflow)
                {
                    var depth = await LookAsync(1);
                    await HelpAsync(depth);
                    await OnceAsync();
                    await workflow.StepAsync("inline", key: "a", InlineCore);
                    await workflow.StepAsync("inline", InlineCore);
                    return $"{Frames.Count} {depth}";
                }
                private async Task HelpAsync(int depth) { await LookAsync(depth); await WatchAsync(); }
                private async Task<int> LookAsyncCore(int depth) { Look(); await Task.Yield(); return depth + 1; }
                private void WatchAsyncCore() => Look();
                private static void OnceAsyncCore(CancellationToken token) => Look();
                private static Task<int> InlineCore(CancellationToken token) { Look(); return Task.FromResult(1); }
                private static void Look() => Frames.Add(new System.Diagnostics.StackTrace(1).GetFrames());
                public static WorkflowCall<string> Start() => RunCall();
            }
            """).Compiles().Load();
        var flow = assembly.GetType("Acme.Flow")!;
        await using var host = await GeneratedHost.StartAsync(assembly, durable => durable.Services.AddSingleton(EngineSeams.Machine with { IsDebugged = static () => true }));

        Assert.Equal("6 2", await host.Client.RunAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "Acme.Flow", "Start")));

        var stacks = (List<StackFrame[]>)flow.GetProperty("Frames")!.GetValue(null)!;
        Assert.All(stacks, frames =>
        {
            var methods = frames.Select(frame => frame.GetMethod()!).ToList();
            var call = methods.FindIndex(IsWorkflowCode);
            Assert.True(call > 0, "The body is not under the call.");
            var between = methods[..call].SkipWhile(IsBody).Where(method => method.Module.Assembly != typeof(object).Assembly).ToList();
            Assert.Contains(between, method => method.Name == nameof(DurableCalls.StepAsync));
            Assert.All(between, IsSteppedThrough);
        });

        static bool IsWorkflowCode(MethodBase method) => NameOf(method).Contains("RunAsyncCore") || NameOf(method).Contains("HelpAsync");
        // An asynchronous body is its state machine, and the stub that starts it.
        static bool IsBody(MethodBase method) => NameOf(method) is var name && (name.Contains("Core") || method.Module.Assembly == typeof(object).Assembly);
        static string NameOf(MethodBase method) => $"{method.DeclaringType!.Name}.{method.Name}";
    }

    private static void IsSteppedThrough(MethodBase method)
    {
        // The compiler gives the marks of an asynchronous method to its state machine's MoveNext.
        var marked = method.IsDefined(typeof(DebuggerStepThroughAttribute)) || method.DeclaringType!.IsDefined(typeof(DebuggerStepThroughAttribute));
        Assert.True(marked, $"{method.DeclaringType}.{method.Name} is not stepped through");
    }
}
