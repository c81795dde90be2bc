using System.Reflection;
using Durable.Storage;
using Durable.TestKit;

namespace Durable.Generators.Tests.Deploy;

/// <summary>Two builds of one workflow, as written by a user: the first leaves a run that failed in its last step, the second goes on with it.</summary>
public sealed class DeployTests
{
    private const string Types = """
        public sealed record Parcel(string To, int Weight);
        """;

    private const string Steps = """
            [Step] private static partial Task<string> ChargeAsync(decimal amount);
            private static string ChargeAsyncCore(decimal amount) { Bodies.Add("Charge"); return $"charged {amount}"; }
            [Step] private static partial Task<string> ShipAsync(Parcel parcel);
            private static string ShipAsyncCore(Parcel parcel) { Bodies.Add("Ship"); return $"shipped to {parcel.To}"; }
        """;

    private const string Calls = """
                var charged = await ChargeAsync(10m);
                var shipped = await ShipAsync(new Parcel("Bern", 3));
        """;

    private readonly KeptStore _store = new(new InMemoryStore(TimeProvider.System));

    [Fact]
    public async Task Unchanged_code_goes_on_behind_the_last_checkpoint()
        => await AssertCompletesAsync(Build(Types, Steps, Calls), "Archive");

    [Fact]
    public async Task An_edited_literal_uses_the_stored_outcome_and_is_noted()
    {
        var run = await AssertCompletesAsync(Build(Types, Steps, Calls.Replace("10m", "20m")), "Archive");
        Assert.Single(await run.GetCheckpointsAsync(), checkpoint => checkpoint is { Kind: CheckpointKind.ArgumentsChanged, StepId: "/Charge" });
    }

    [Fact]
    public async Task A_nullable_property_added_to_an_argument_is_no_mismatch()
    {
        var run = await AssertCompletesAsync(Build(Types.Replace("int Weight", "int Weight, string? Remark = null"), Steps, Calls), "Archive");
        Assert.DoesNotContain(await run.GetCheckpointsAsync(), checkpoint => checkpoint.Kind == CheckpointKind.ArgumentsChanged);
    }

    [Fact]
    public async Task A_step_renamed_without_alias_quarantines_before_its_body()
        => await AssertQuarantinesAsync(Build(Types, Steps.Replace("ShipAsync", "DeliverAsync"), Calls.Replace("ShipAsync", "DeliverAsync")), "requested: /Deliver");

    [Fact]
    public async Task A_step_renamed_with_an_alias_goes_on()
        => await AssertCompletesAsync(
            Build(Types, Steps.Replace("[Step] private static partial Task<string> ShipAsync", "[Step, StepAlias(\"Ship\")] private static partial Task<string> DeliverAsync").Replace("ShipAsyncCore", "DeliverAsyncCore"), Calls.Replace("ShipAsync", "DeliverAsync")),
            "Archive");

    [Fact]
    public async Task A_step_inserted_before_the_current_point_quarantines_before_its_body()
        => await AssertQuarantinesAsync(Build(Types, WithCheck(), "        await CheckAsync();\n" + Calls), "requested: /Check");

    [Fact]
    public async Task A_step_inserted_after_the_current_point_just_runs()
        => await AssertCompletesAsync(Build(Types, WithCheck(), Calls + "\n        await CheckAsync();"), "Check", "Archive");

    [Fact]
    public async Task A_removed_step_quarantines_before_a_wrong_body_starts()
        => await AssertQuarantinesAsync(Build(Types, Steps, """
                    var charged = await ChargeAsync(10m);
                    var shipped = "";
            """), "recorded:  /Ship (sequence 2");

    [Fact]
    public async Task Two_calls_that_changed_places_quarantine()
        => await AssertQuarantinesAsync(Build(Types, Steps, """
                    var shipped = await ShipAsync(new Parcel("Bern", 3));
                    var charged = await ChargeAsync(10m);
            """), "restore the order of the calls");

    private static string WithCheck() => Steps + "\n" + """
            [Step] private static partial Task CheckAsync();
            private static void CheckAsyncCore() => Bodies.Add("Check");
        """;

    private async Task<RunHandle<string>> AssertCompletesAsync(Assembly build, params string[] bodies)
    {
        await using var host = await ResumeInAsync(build);
        var run = host.Client.GetRun<string>("order-1");
        Assert.Equal("charged 10, shipped to Bern", await run.GetResultAsync());
        Assert.Equal(bodies, Bodies(build));
        return run;
    }

    private async Task AssertQuarantinesAsync(Assembly build, string message)
    {
        await using var host = await ResumeInAsync(build);
        var set = await Assert.ThrowsAsync<RunQuarantinedException>(() => host.Client.GetRun<string>("order-1").GetResultAsync());
        Assert.Contains(message, set.Message);
        Assert.Empty(Bodies(build));
    }

    private async Task<DurableHost> ResumeInAsync(Assembly next)
    {
        var first = Build(Types, Steps, Calls, archive: "throw new System.InvalidOperationException(\"the archive is closed\");");
        await using (var host = await StartAsync(first))
        {
            var call = (WorkflowCall<string>)first.GetType("Acme.OrderFlow")!.GetMethod("Start")!.Invoke(null, [])!;
            var run = await host.Client.StartAsync(call, "order-1");
            await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
        }

        var resumed = await StartAsync(next);
        await resumed.Client.GetRun("order-1").ResumeAsync();
        return resumed;
    }

    private Task<DurableHost> StartAsync(Assembly build)
    {
        var add = build.GetType("Durable.DurableWorkflowsExtensions")!.GetMethod("AddWorkflows")!;
        return DurableHost.StartAsync(durable => add.Invoke(null, [durable.UseStore(_ => _store)]));
    }

    private static Assembly Build(string types, string steps, string calls, string archive = "") => Generation.Of($$"""
        namespace Acme;
        {{types}}
        public static partial class OrderFlow
        {
            public static readonly List<string> Bodies = new();
            [Workflow("Order")] public static partial Task<string> RunAsync();
        {{steps}}
            [Step] private static partial Task ArchiveAsync();
            private static void ArchiveAsyncCore() { Bodies.Add("Archive"); {{archive}} }
            private static async Task<string> RunAsyncCore()
            {
        {{calls}}
                await ArchiveAsync();
                return $"{charged}, {shipped}";
            }
            public static WorkflowCall<string> Start() => RunCall();
        }
        """).Compiles().Load();

    private static List<string> Bodies(Assembly build) => (List<string>)build.GetType("Acme.OrderFlow")!.GetField("Bodies")!.GetValue(null)!;
}
