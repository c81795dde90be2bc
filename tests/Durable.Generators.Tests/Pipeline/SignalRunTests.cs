using System.Reflection;
using System.Text;
using Durable.Testing;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Generated waits for signals, and what is generated to send, at work: in runs that are unloaded and replayed from their checkpoints after each outcome.</summary>
public sealed class SignalRunTests
{
    private const string Refunds = """
        namespace Acme;
        public sealed record Approval(string By, int Amount);
        public sealed partial class Refund(Desk desk, Shared<int> shared)
        {
            [Workflow] public partial Task<string> WaitAsync();
            [Workflow] public partial Task<string> PatientAsync();
            [Workflow] public partial Task<string> InStepAsync();
            [Signal] public partial Task<Approval> ApprovedAsync();
            [Signal] internal partial ValueTask<WaitResult<Approval>> ApprovedAsync(TimeSpan limit);
            [Signal("go")] private static partial Task StartedAsync();
            [Signal("go")] private static partial Task<WaitResult> StartedAsync(TimeSpan timeout);
            [Signal] private partial ValueTask<List<Secret>?> SecretsAsync();
            [Step] private partial Task<string> NestingAsync();

            private async Task<string> WaitAsyncCore()
            {
                await StartedAsync();
                var first = await ApprovedAsync();
                var second = await ApprovedAsync(TimeSpan.FromHours(1));
                var secrets = await SecretsAsync();
                return $"{first.By} {second.Value.Amount} {secrets?[0].Number} {await desk.OpenAsync()} {await shared.CountAsync()}";
            }

            private async Task<string> PatientAsyncCore()
            {
                var approved = await ApprovedAsync(TimeSpan.FromMilliseconds(1));
                var started = await StartedAsync(TimeSpan.FromMilliseconds(1));
                return $"{approved.IsTimedOut} {approved.TryGetValue(out _)} {started.IsTimedOut}";
            }

            private Task<string> InStepAsyncCore() => NestingAsync();
            private async Task<string> NestingAsyncCore()
            {
                try { return (await ApprovedAsync()).By; }
                catch (NestedStepException nested) { return nested.Message; }
            }

            private sealed record Secret(int Number);
            public static WorkflowCall<string> StartWait() => WaitCall();
            public static WorkflowCall<string> StartPatient() => PatientCall();
            public static WorkflowCall<string> StartInStep() => InStepCall();
            public static Task<Approval> Outside() => new Refund(new Desk(), new Shared<int>()).ApprovedAsync();
            public static SignalCall[] Signals() =>
            [
                Desk.OpenSignal(true), StartedSignal(), ApprovedSignal(new Approval("Ada", 1)), ApprovedSignal(new Approval("Eve", 2)), SecretsSignal([new Secret(7)]), Shared<int>.CountSignal(3),
            ];
            public static SignalCall Huge() => ApprovedSignal(new Approval(new string('x', 1_100_000), 1));
        }
        public sealed partial class Desk { [Signal] public partial Task<bool> OpenAsync(); }
        public partial class Shared<T> { [Signal("counted")] public partial Task<int> CountAsync(); }
        """;

    private static readonly Assembly s_refunds = Generation.Of(Refunds).Compiles().Load();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signals_are_taken_by_name_each_name_in_the_order_in_which_it_was_sent(bool inOrder)
    {
        await using var host = await GeneratedHost.StartAsync(s_refunds, durable => durable.ForceReplay());
        var run = await host.Client.StartAsync(Call("StartWait"), "run");
        foreach (var signal in inOrder ? Signals() : [.. Signals().Reverse()])
            await host.Client.SignalAsync("run", signal, messageId: null);
        var approver = inOrder ? "Ada" : "Eve";
        Assert.Equal($"{approver} {(inOrder ? 2 : 1)} 7 True 3", await run.GetResultAsync());
        Assert.Equal(
            ["Signal /go", "Signal /Approved", "WaitStarted /Approved#1", "Signal /Approved#1", "Signal /Secrets", "Signal /Desk.Open", "Signal /counted"],
            (await run.GetCheckpointsAsync()).Select(checkpoint => $"{checkpoint.Kind} {checkpoint.StepId}"));
    }

    [Fact]
    public async Task A_wait_with_a_limit_says_that_the_time_has_passed()
    {
        await using var host = await GeneratedHost.StartAsync(s_refunds, durable => durable.ForceReplay());
        var run = await host.Client.StartAsync(Call("StartPatient"), "run");
        Assert.Equal("True False True", await run.GetResultAsync());
    }

    [Fact]
    public async Task A_wait_in_the_body_of_a_step_is_refused()
    {
        await using var host = await GeneratedHost.StartAsync(s_refunds);
        var run = await host.Client.StartAsync(Call("StartInStep"), "run");
        Assert.StartsWith("'Approved' was called inside the body of step '/Nesting'", await run.GetResultAsync());
    }

    [Fact]
    public async Task A_wait_outside_a_run_says_what_to_do()
    {
        var wait = (Task)s_refunds.GetType("Acme.Refund")!.GetMethod("Outside")!.Invoke(null, [])!;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => wait);
        Assert.Equal("Signal 'Approved' was waited for outside a run. Wait in workflow code; from elsewhere send it, with client.SignalAsync(runId, ...) and the generated ...Signal(...).", error.Message);
    }

    [Fact]
    public void What_is_sent_is_serialized_when_the_call_is_made()
    {
        Assert.Equal(
            ["Desk.Open true", "go ", """Approved {"By":"Ada","Amount":1}""", """Approved {"By":"Eve","Amount":2}""", """Secrets [{"Number":7}]""", "counted 3"],
            Signals().Select(signal => $"{signal.Name} {Encoding.UTF8.GetString(signal.Payload.Span)}"));
        var thrown = Assert.Throws<TargetInvocationException>(() => s_refunds.GetType("Acme.Refund")!.GetMethod("Huge")!.Invoke(null, []));
        Assert.StartsWith("What signal 'Approved' brings takes 1,100,0", Assert.IsType<PayloadTooLargeException>(thrown.InnerException).Message);
    }

    [Fact]
    public async Task A_method_of_a_workflow_called_in_workflow_code_runs_a_child_of_another_assembly_too()
    {
        var library = Generation.Of("""
            namespace Library;
            public sealed partial class Pricing
            {
                [Workflow] public partial Task<int> PriceAsync(string item, int amount = 2);
                [Step] private partial Task<int> LookUpAsync(string item);
                private async Task<int> PriceAsyncCore(string item, int amount, WorkflowContext workflow) => await LookUpAsync(item) * amount;
                private static int LookUpAsyncCore(string item) => item.Length;
            }
            """, "Library").Compiles();
        var own = Generation.Of("""
            namespace Acme;
            public sealed partial class Shop(Library.Pricing pricing)
            {
                [Workflow] public partial Task<string> SellAsync();
                [Workflow] public partial Task FailAsync();
                private async Task<string> SellAsyncCore()
                {
                    try { await FailAsync(); return "no"; }
                    catch (ChildWorkflowFailedException failure) { return $"{await pricing.PriceAsync("tea")} {failure.InnerException?.Message ?? failure.Message}"; }
                }
                private void FailAsyncCore() => throw new InvalidOperationException("sold out");
                public static WorkflowCall<string> Start() => SellCall();
            }
            """, "Shop", library.Reference()).Compiles();
        var assembly = own.Load(library);
        await using var host = await GeneratedHost.StartAsync(assembly, durable => durable.ForceReplay());
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "Acme.Shop", "Start"), "run");
        Assert.Contains("6 ", await run.GetResultAsync());
        Assert.Contains("sold out", await run.GetResultAsync());
        Assert.Equal(["Pricing.Price", "Shop.Fail", "Shop.Sell"], (await host.Client.ListRunsAsync()).Runs.Select(listed => listed.Workflow).Order());
    }

    private static WorkflowCall<string> Call(string method) => (WorkflowCall<string>)GeneratedHost.Call(s_refunds, "Acme.Refund", method);

    private static SignalCall[] Signals() => (SignalCall[])s_refunds.GetType("Acme.Refund")!.GetMethod("Signals")!.Invoke(null, [])!;
}
