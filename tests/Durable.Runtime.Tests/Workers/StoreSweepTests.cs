using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Workers;

/// <summary>One scenario, once for every call that it makes to the store: that call fails, before it took effect or after. Every time the run ends as if nothing had happened.</summary>
public sealed class StoreSweepTests
{
    private const int MoreCallsThanTheScenarioMakes = 200;

    [Theory, InlineData(true), InlineData(false)]
    public void A_call_that_fails_for_a_reason_that_may_pass_runs_no_body_twice(bool before)
        => Sweep(before, () => new StoreException("down"), scenario => Assert.Equal(["a", "b", "c", "d", "e"], scenario.Bodies.Order()));

    [Theory, InlineData(true), InlineData(false)]
    public void A_call_that_fails_in_an_unforeseen_way_runs_no_body_twice_after_its_commit(bool before)
        => Sweep(before, () => new InvalidOperationException("a bug of the store"), scenario => Assert.Equal(0, scenario.BodiesAfterTheirCommit));

    private static void Sweep(bool before, Func<Exception> failure, Action<Scenario> check)
    {
        var failed = 0;
        for (var call = 1; call < MoreCallsThanTheScenarioMakes; call++)
        {
            var scenario = new Scenario(call, before, failure);
            scenario.Run();
            if (!scenario.HasFailed)
                break;
            failed++;
            check(scenario);
        }

        // Entering, counting, claims, the start, five steps and the outcome at least.
        Assert.InRange(failed, 10, MoreCallsThanTheScenarioMakes - 2);
    }

    private sealed class Scenario(int failingCall, bool before, Func<Exception> failure)
    {
        private readonly EngineSimulation _simulation = new();
        private int _calls;

        public List<string> Bodies { get; } = [];

        public int BodiesAfterTheirCommit { get; private set; }

        public bool HasFailed => _calls >= failingCall;

        public void Run()
        {
            var workflow = Define();
            // The first two calls open the store for worker and client, which tell their callers when that fails.
            var host = _simulation.Start(workflow);
            var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
            _simulation.Run(() => host.DisposeAsync().AsTask());
            if (before)
                _simulation.Store.Before = FailAsync;
            else
                _simulation.Store.After = FailAsync;
            var next = _simulation.Start(workflow, options => options.WorkerName = "next");
            _simulation.Advance(TimeSpan.FromMinutes(2));
            (_simulation.Store.Before, _simulation.Store.After) = (null, null);
            Assert.Equal("a b c d/failed e", _simulation.Run(() => next.Client.GetRun<string>("run").GetResultAsync()));
            Assert.Equal(["/a", "/b", "/c", "/d", "/e"], _simulation.Run(() => run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId).Order());
            Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Attempt);
        }

        private Task FailAsync(string verb, object? request)
            => verb == nameof(Storage.IRunStore.InitializeAsync) || ++_calls != failingCall ? Task.CompletedTask : throw failure();

        private WorkflowDefinition<TestWorkflow.Input, string> Define() => TestWorkflow.Define("Letters", async w =>
        {
            var a = await w.StepAsync("a", _ => Body("a"));
            var both = await Task.WhenAll(w.StepAsync("b", _ => Body("b")), w.StepAsync("c", _ => Body("c")));
            var d = "d";
            try
            {
                await w.StepAsync("d", async _ => throw new InvalidOperationException(await Body("d")));
            }
            catch (StepFailedException)
            {
                d += "/failed";
            }

            return $"{a} {string.Join(' ', both)} {d} {await w.StepAsync("e", _ => Body("e"))}";
        });

        private Task<string> Body(string letter)
        {
            Bodies.Add(letter);
            if (_simulation.Store.Stored("run", "/" + letter))
                BodiesAfterTheirCommit++;
            return Task.FromResult(letter);
        }
    }
}
