using System.Reflection;
using Durable.CompilerServices;
using Durable.TestKit;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What <c>[Retry]</c> and modes become: the definition's policy, and the attempts of a run.</summary>
public sealed class RetryRunTests
{
    private const string Flow = """
        [assembly: Retry(MaxAttempts = 9)]
        namespace Acme;
        public static partial class Flow
        {
            public static List<string> Bodies { get; } = [];
            [Workflow] public static partial Task<string> RunAsync();
            [Step, Retry(MaxAttempts = 5, InitialDelay = "1ms", BackoffRate = 1.5, MaxDelay = "1.5s", Jitter = Jitter.Equal, MaxElapsed = "1h", AttemptTimeout = "30s", RetryOn = new[] { typeof(System.IO.IOException), typeof(BusyException) }, NeverRetryOn = new[] { typeof(Inner.Hidden) }, RetryOnMessage = "bu\"sy")]
            private static partial Task<string> AllAsync();
            [Step, Retry("gateway")] private static partial Task NamedAsync();
            [Step(Mode = StepMode.AtMostOnce)] private static partial Task OnceAsync();
            [Step(Mode = StepMode.AtMostOncePerAttempt)] private static partial Task PerAttemptAsync();
            private static async Task<string> RunAsyncCore()
            {
                await NamedAsync();
                await OnceAsync();
                await PerAttemptAsync();
                return await AllAsync();
            }
            private static string AllAsyncCore(StepContext step)
            {
                Bodies.Add($"all {step.Attempt} {step.LastError?.Message}");
                return step.Attempt < 3 ? throw new BusyException() : "done";
            }
            private static void NamedAsyncCore(StepContext step)
            {
                Bodies.Add($"named {step.Attempt}");
                if (step.Attempt < 2) throw new InvalidOperationException();
            }
            private static void OnceAsyncCore() => Bodies.Add("once");
            private static void PerAttemptAsyncCore() => Bodies.Add("per attempt");
            public static WorkflowCall<string> Start() => RunCall();
            private static class Inner { public sealed class Hidden : Exception; }
            private sealed class BusyException() : Exception("bu\"sy");
        }
        [Retry(MaxAttempts = 7)]
        public static partial class Typed
        {
            [Step] public static partial Task OfTypeAsync();
            [Step, Retry(MaxAttempts = 1)] public static partial Task OwnAsync();
            [Step(Mode = StepMode.AtMostOnce)] public static partial Task NoneAsync();
            private static void OfTypeAsyncCore() { }
            private static void OwnAsyncCore() { }
            private static void NoneAsyncCore() { }
            public static partial class Nested { [Step] public static partial Task WithinAsync(); private static void WithinAsyncCore() { } }
        }
        public static partial class Plain { [Step] public static partial Task OfAssemblyAsync(); private static void OfAssemblyAsyncCore() { } }
        """;

    private static readonly RetryPolicy s_gateway = new() { InitialDelay = TimeSpan.Zero };
    private static readonly Assembly s_flow = Generation.Of(Flow).Compiles().Load();

    [Fact]
    public void The_definitions_hold_what_the_attributes_say()
        => Snapshot.Matches(Generation.Of(Flow).Compiles().Files["Acme.Flow.g.cs"]);

    [Fact]
    public void What_an_attribute_says_is_what_the_policy_has()
    {
        var policy = Step("Acme.Flow", "All").Retry!;
        Assert.Equal(
            (5, TimeSpan.FromMilliseconds(1), 1.5, TimeSpan.FromSeconds(1.5), Jitter.Equal, TimeSpan.FromHours(1), TimeSpan.FromSeconds(30), "bu\"sy"),
            (policy.MaxAttempts, policy.InitialDelay, policy.BackoffRate, policy.MaxDelay, policy.Jitter, policy.MaxElapsed, policy.AttemptTimeout, policy.RetryOnMessage));
        Assert.Equal([typeof(IOException), s_flow.GetType("Acme.Flow+BusyException")!], policy.RetryOn);
        Assert.Equal([s_flow.GetType("Acme.Flow+Inner+Hidden")!], policy.NeverRetryOn);
    }

    [Theory]
    [InlineData("Acme.Typed", "OfType", 7)]
    [InlineData("Acme.Typed", "Own", 1)]
    [InlineData("Acme.Typed+Nested", "Within", 7)]
    [InlineData("Acme.Plain", "OfAssembly", 9)]
    [InlineData("Acme.Flow", "PerAttempt", 9)]
    public void The_nearest_attribute_counts(string type, string step, int attempts) => Assert.Equal(attempts, Step(type, step).Retry!.MaxAttempts);

    [Theory]
    [InlineData("Acme.Typed", "None")]
    [InlineData("Acme.Flow", "Once")]
    public void A_step_that_runs_at_most_once_has_no_policy_of_those_around_it(string type, string step)
        => Assert.Equal((null, StepMode.AtMostOnce), (Step(type, step).Retry, Step(type, step).Mode));

    [Fact]
    public async Task Steps_are_tried_again_as_their_attributes_and_policies_say()
    {
        await using var host = await GeneratedHost.StartAsync(s_flow, durable => durable.AddRetryPolicy("gateway", s_gateway));
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(s_flow, "Acme.Flow", "Start"), "run-1");
        Assert.Equal("done", await run.GetResultAsync());
        Assert.Equal(
            ["named 1", "named 2", "once", "per attempt", "all 1 ", "all 2 bu\"sy", "all 3 bu\"sy"],
            (List<string>)s_flow.GetType("Acme.Flow")!.GetProperty("Bodies")!.GetValue(null)!);
    }

    [Fact]
    public async Task A_host_without_a_policy_that_a_step_needs_does_not_start()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => GeneratedHost.StartAsync(s_flow));
        Assert.Contains("Acme.Flow.NamedAsync", refusal.Message);
        Assert.Contains("durable.AddRetryPolicy(\"gateway\"", refusal.Message);
    }

    private static StepDefinition Step(string type, string step)
        => s_flow.GetType(type + "+__Durable")!.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => field.GetValue(null)).OfType<StepDefinition>().Single(definition => definition.Name.EndsWith(step, StringComparison.Ordinal));
}
