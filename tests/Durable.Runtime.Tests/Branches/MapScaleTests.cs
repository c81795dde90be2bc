using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Branches;

/// <summary>Maps of many items: an item costs what it costs, however many there are. Work is counted as bytes allocated, which repeat, and not as time, which does not.</summary>
public sealed class MapScaleTests
{
    private const int Few = 1_000;
    private const int Many = 10_000;

    private static readonly StepDefinition<TestStep.Arguments<string>, string> s_work = TestStep.Define<string, string>("Work", (value, _) => Task.FromResult(value));

    private static readonly StepDefinition<TestStep.Arguments<string>, string> s_odd = TestStep.Define<string, string>(
        "Odd", (value, _) => value[^1] % 2 == 1 ? throw new IOException("odd") : Task.FromResult(value));

    private static readonly StepDefinition<TestStep.Arguments<string>, string> s_never = TestStep.Define<string, string>(
        "Never", async (value, step) =>
        {
            var canceled = new TaskCompletionSource();
            using var told = step.CancellationToken.Register(() => canceled.TrySetCanceled());
            await canceled.Task;
            return value;
        });

    [Fact]
    public void Ten_times_the_items_cost_ten_times_the_work()
        => Check((w, items) => MapAsync(w, items, (_, x) => s_work.CallAsync(x), new MapOptions()));

    [Fact]
    public void Ten_times_the_items_cost_ten_times_the_work_a_hundred_at_a_time()
        => Check((w, items) => MapAsync(w, items, (_, x) => s_work.CallAsync(x), new MapOptions { MaxConcurrency = 100 }));

    [Fact]
    public void Failures_that_are_tolerated_cost_no_more()
        => Check((w, items) => MapAsync(w, items, async (_, x) =>
        {
            await s_work.CallAsync(x);
            await s_odd.CallAsync(x);
        }, new MapOptions { ToleratedFailurePercentage = 100, MaxConcurrency = 100 }));

    [Fact]
    public void A_call_around_the_map_that_is_under_way_costs_no_more()
        => Check(async (w, items) =>
        {
            var around = w.ScopeAsync("around", _ => s_never.CallAsync("around"));
            var beside = s_never.CallAsync("beside");
            await MapAsync(w, items, (_, x) => s_work.CallAsync(x), new MapOptions());
            await Task.WhenAny(around, beside, s_work.CallAsync("end"));
        });

    [Fact]
    public void Abandoning_all_but_one_costs_no_more()
        => Check((w, items) => MapAsync(w, items, (_, x) => x == items[0] ? s_work.CallAsync(x) : s_never.CallAsync(x), new MapOptions { MinSuccessful = 1 }));

    [Fact]
    public void Maps_in_maps_that_each_end_early_cost_no_more()
        => Check((w, items) => MapAsync(w, items.Where((_, i) => i % 10 == 0), (inner, x) => MapAsync(
            inner, Enumerable.Range(0, 10).Select(n => $"{x}-{n}"), (_, y) => y.EndsWith('0') ? s_work.CallAsync(y) : s_never.CallAsync(y), new MapOptions { MinSuccessful = 1 }), new MapOptions()));

    private static async Task MapAsync(WorkflowContext w, IEnumerable<string> items, Func<WorkflowContext, string, Task> body, MapOptions options) => await w.MapAsync(items, x => x, body, options);

    // The run, and then its replay by another process.
    private static void Check(Func<WorkflowContext, string[], Task> map)
    {
        Measure(map, 10);
        var few = Measure(map, Few);
        var many = Measure(map, Many);
        Assert.True(few.Run > 100 * Few && few.Replay > 100 * Few, "VOID: the work was done elsewhere.");
        Assert.True(many.Run < 12 * few.Run, $"{Few} items cost {few.Run:N0} bytes, {Many} {many.Run:N0}.");
        Assert.True(many.Replay < 12 * few.Replay, $"The replay of {Few} items costs {few.Replay:N0} bytes, of {Many} {many.Replay:N0}.");
    }

    private static (long Run, long Replay) Measure(Func<WorkflowContext, string[], Task> map, int count)
    {
        string[] items = [.. Enumerable.Range(0, count).Select(i => $"item-{i:00000}")];
        var simulation = new EngineSimulation(isUndisturbed: true);
        var isLast = false;
        var workflow = TestWorkflow.Define("Many", async w =>
        {
            await map(w, items);
            await w.StepAsync("last", _ => isLast ? Task.CompletedTask : new TaskCompletionSource().Task);
            return "";
        }, awaitsOnlyDurableWork: true);
        var host = simulation.Start(workflow);
        var run = Bytes(() => simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run")));
        simulation.Kill(host);
        simulation.PassLeases();
        isLast = true;
        var replay = Bytes(() =>
        {
            simulation.Start(workflow);
            Assert.Equal("", simulation.Run(() => simulation.Client(workflow).GetRun<string>("run").GetResultAsync()));
        });
        return (run, replay);
    }

    // A simulation works on the thread that drives it: what other tests do meanwhile is not counted.
    private static long Bytes(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
