namespace Durable.Generators.Tests.Pipeline;

/// <summary>Steps that are executed by hand, in generated code: their results have contracts, and they are found by operators.</summary>
public sealed class StepGuardRunTests
{
    private const string Source = """
        public sealed record Charge(string Id, int[] Cents);
        public static partial class Flow
        {
            [Workflow] public static partial Task<string> RunAsync();
            [Step] private static partial Task<int> CountAsync();
            private static async Task<string> RunAsyncCore(WorkflowContext workflow)
            {
                var guard = await workflow.AcquireStepAsync<Charge>("charge", "order-1");
                var charge = guard.IsRecorded ? guard.Result : await guard.CompleteAsync(new Charge("c-1", [1, 2]));
                var quiet = await workflow.AcquireStepAsync("notify");
                if (quiet.ShouldExecute)
                    await quiet.CompleteAsync();
                return $"{charge.Id} {charge.Cents.Length} {await CountAsync()}";
            }
            private static int CountAsyncCore() => 7;
        }
        public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(); }
        """;

    [Fact]
    public async Task A_result_that_is_named_at_the_acquisition_alone_is_stored_and_replayed()
    {
        var (result, steps) = await ReplayedRun.OfAsync(Source);
        Assert.Equal(("c-1 2 7", "/charge[order-1] /notify /Count"), (result, steps));
    }

    [Fact]
    public void Operators_find_such_a_step_by_its_name()
    {
        var module = Generation.Of(Source).Compiles().Files["Durable.Module.g.cs"];
        Assert.Contains("registration.AddInlineStep(\"charge\", static () => global::Durable.Generated.Sample.DurablePayloads.Charge);", module);
        Assert.Contains("registration.AddInlineStep(\"notify\", static () => global::Durable.CompilerServices.Nothing.Payload);", module);
    }
}
