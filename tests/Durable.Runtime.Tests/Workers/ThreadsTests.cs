using System.Collections.Concurrent;
using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Workers;

/// <summary>Many runs on the machine's own threads, two workers, a store that fails now and then: what a simulation on one thread cannot show.</summary>
public sealed class ThreadsTests
{
    private const int Runs = 150;
    private readonly ConcurrentDictionary<string, int> _bodies = new();
    private readonly ConcurrentBag<string> _wrong = [];
    private int _calls;

    [Fact]
    public async Task Every_run_ends_with_its_own_values_and_each_body_ran_once()
    {
        var store = new HookedStore(new InMemoryStore(TimeProvider.System)) { Before = FailSometimesAsync, After = FailSometimesAsync };
        var workflow = Workflow();
        await using var first = await StartAsync(store, workflow, "first");
        await using var second = await StartAsync(store, workflow, "second");
        var results = await Task.WhenAll(Enumerable.Range(0, Runs).Select(i => RunAsync(i % 2 == 0 ? first.Client : second.Client, workflow, $"run {i}")));
        Assert.Equal(Enumerable.Range(0, Runs).Select(i => $"run {i}: a b0 b1 b2 b3 c"), results);
        Assert.Empty(_wrong);
        Assert.Equal(Runs * 6, _bodies.Count);
        Assert.All(_bodies, body => Assert.Equal(1, body.Value));
        Assert.Equal(Runs, store.Outcomes.Distinct().Count());
        Assert.Equal(Runs, store.Outcomes.Count);
    }

    [Fact]
    public async Task Rolling_restarts_run_no_body_twice_and_give_every_run_back()
    {
        var store = new HookedStore(new InMemoryStore(TimeProvider.System));
        var workflow = Workflow();
        var host = await StartAsync(store, workflow, "worker 0");
        for (var i = 0; i < Runs; i++)
            await host.Client.StartAsync(workflow.Call($"run {i}"), $"run {i}");
        for (var i = 1; i < 20; i++)
        {
            var next = await StartAsync(store, workflow, $"worker {i}");
            await host.DisposeAsync();
            host = next;
        }

        var results = await Task.WhenAll(Enumerable.Range(0, Runs).Select(i => host.Client.GetRun<string>($"run {i}").GetResultAsync()));
        await host.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, Runs).Select(i => $"run {i}: a b0 b1 b2 b3 c"), results);
        Assert.Empty(_wrong);
        Assert.All(_bodies, body => Assert.Equal(1, body.Value));
        Assert.Equal(Runs, store.Outcomes.Count);
    }

    // Outages of a start or a wait are the caller's to answer: the same id again.
    private static async Task<string> RunAsync(IDurableClient client, WorkflowDefinition<TestWorkflow.Input, string> workflow, string id)
    {
        while (true)
        {
            try
            {
                return await client.RunAsync(workflow.Call(id), id);
            }
            catch (StoreException)
            {
                await Task.Yield();
            }
        }
    }

    private static Task<DurableHost> StartAsync(IRunStore store, WorkflowDefinition workflow, string name) => DurableHost.StartAsync(durable =>
    {
        durable.UseStore(_ => store).Add(workflow);
        durable.Configure(options => (options.WorkerName, options.PollInterval) = (name, TimeSpan.FromMilliseconds(10)));
    });

    private WorkflowDefinition<TestWorkflow.Input, string> Workflow() => TestWorkflow.Define("Letters", async (w, id) =>
    {
        var inside = 0;
        var a = await w.StepAsync("a", _ => BodyAsync(id, "a"));
        var branches = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => w.ScopeAsync("branch", async inner =>
        {
            var result = await inner.StepAsync("b", _ => BodyAsync(id, $"b{i}"));
            if (Interlocked.Increment(ref inside) != 1)
                _wrong.Add($"two threads in the code of {id}");
            Interlocked.Decrement(ref inside);
            return result;
        })));
        return $"{id}: {a} {string.Join(' ', branches)} {await w.StepAsync("c", _ => BodyAsync(id, "c"))}";
    });

    private async Task<string> BodyAsync(string id, string letter)
    {
        _bodies.AddOrUpdate($"{id} {letter}", 1, static (_, count) => count + 1);
        for (var i = 0; i < 20; i++)
            await Task.Yield();
        return letter;
    }

    private async Task FailSometimesAsync(string verb, object? request)
    {
        var call = Interlocked.Increment(ref _calls);
        if (call % 3 == 0)
            await Task.Yield();
        // Not claims: one whose answer is lost waits for its lease, which is longer than a test should take.
        if (call % 41 == 0 && (verb is nameof(IRunStore.CommitAsync) or nameof(IRunStore.FindRunAsync)))
            throw new StoreException($"{verb} fails.");
    }
}
