using Durable.TestKit;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Whole outputs, where the output as a whole is the point. How contracts look is the payload tests' to say.</summary>
public sealed class OutputTests
{
    [Fact]
    public void An_order_workflow()
    {
        var files = Generation.Of(Samples.Order).Compiles().Files;
        Assert.Equal(
            ["Acme.OrderWorkflow.g.cs", "Durable.AddWorkflows.g.cs", "Durable.Module.g.cs", "Durable.Payloads.g.cs", "Microsoft.CodeAnalysis.EmbeddedAttribute.cs"],
            files.Keys.Order(StringComparer.Ordinal));
        Snapshot.Matches(files["Acme.OrderWorkflow.g.cs"], "Halves");
        Snapshot.Matches(files["Durable.Module.g.cs"], "Module");
        Snapshot.Matches(files["Durable.AddWorkflows.g.cs"], "AddWorkflows");
    }

    [Fact]
    public void A_static_class()
        => Snapshot.Matches(Generation.Of("""
            namespace Acme;
            public static partial class Flow
            {
                [Workflow("nightly", Version = 2)] public static partial Task RunAsync(CancellationToken token = default);
                [Step(OncePerRun = true)] private static partial Task<int> CountAsync();
                private static async Task RunAsyncCore(CancellationToken token, WorkflowContext workflow) => await CountAsync();
                private static Task<int> CountAsyncCore() => Task.FromResult(1);
            }
            """).Compiles().Files["Acme.Flow.g.cs"]);

    [Fact]
    public void Nested_types()
    {
        var files = Generation.Of("""
            namespace Acme;
            public partial class Outer
            {
                [Step] public partial Task OuterStep();
                private void OuterStepCore() { }
                private partial record Middle
                {
                    public static partial class First { [Workflow] public static partial Task<string> Run(string? a = null); private static string RunCore(string? a) => a ?? ""; }
                    public sealed partial class Second { [Workflow] internal partial Task Run(); private void RunCore() { } }
                }
            }
            """).Compiles().Files;
        Snapshot.Matches(files["Acme.Outer.Middle.First.g.cs"], "Halves");
        Snapshot.Matches(files["Durable.Module.g.cs"], "Module");
    }

    [Fact]
    public void A_library_of_shared_steps()
        => Snapshot.Matches(Generation.Of("""
            namespace Library;
            public enum Channel { Mail, Text }
            public abstract partial class Messages
            {
                [Step, StepAlias("Send"), StepAlias("Mail")] public partial Task SendAsync([StepKey] Channel channel, [NotFingerprinted] string trace, int attempts = 3);
                private Task SendAsyncCore(Channel channel, string trace, int attempts, CancellationToken token) => Task.CompletedTask;
            }
            """).Compiles().Files["Library.Messages.g.cs"]);

    [Fact]
    public void Value_tasks_and_synchronous_bodies()
        => Snapshot.Matches(Generation.Of("""
            namespace Acme;
            public sealed partial class Flow
            {
                [Step] private partial ValueTask<int> Number([StepKey] long id);
                [Step] private partial ValueTask Nothing([StepKey] Guid id);
                private int NumberCore(long id) => 1;
                private void NothingCore(Guid id, StepContext step) { }
            }
            """).Compiles().Files["Acme.Flow.g.cs"]);

    [Fact]
    public void Signals()
        => Snapshot.Matches(Generation.Of("""
            namespace Acme;
            public sealed record Approval(string By);
            public sealed partial class Refund
            {
                [Workflow] public partial Task<bool> RefundAsync();
                [Signal] public partial Task<Approval?> ApprovedAsync();
                [Signal] private partial ValueTask<WaitResult<Approval?>> ApprovedAsync(TimeSpan timeout);
                [Signal("go"), Obsolete("no")] internal static partial Task Started();
                [Signal] private partial Task<WaitResult> Stopped(TimeSpan @long);
                private async Task<bool> RefundAsyncCore() => await ApprovedAsync() is not null;
            }
            """).Compiles().Files["Acme.Refund.g.cs"]);

    [Fact]
    public void A_declaration_that_is_invalid()
        => Snapshot.Matches(Generation.Of("""
            namespace Acme;
            public sealed partial class Flow { [Step] private partial Task Tick(int a = 1); }
            """).Compiles().Files["Acme.Flow.g.cs"]);
}
