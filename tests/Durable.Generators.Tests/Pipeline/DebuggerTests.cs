using System.Diagnostics;
using System.Reflection;

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

    private static void IsSteppedThrough(MethodBase method)
    {
        // The compiler gives the marks of an asynchronous method to its state machine's MoveNext.
        var marked = method.IsDefined(typeof(DebuggerStepThroughAttribute)) || method.DeclaringType!.IsDefined(typeof(DebuggerStepThroughAttribute));
        Assert.True(marked, $"{method.DeclaringType}.{method.Name} is not stepped through");
    }
}
