using Durable.CompilerServices;
using Durable.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Testing.Tests.Replay;

/// <summary>Runs that are unloaded and replayed although nothing has happened to them.</summary>
public sealed class ForcedReplayTests
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _bodies = [];
    private int _passes;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 2)]
    [InlineData(5, 1)]
    public void A_run_starts_over_after_each_nth_outcome_and_executes_no_body_twice(int everySteps, int reloads)
    {
        var workflow = Letters();

        Assert.Equal("abcde", Run(workflow, everySteps));
        Assert.Equal(1 + reloads, _passes);
        Assert.Equal(["a", "b", "c", "d", "e"], _bodies);
    }

    [Fact]
    public void The_incarnation_stays_the_same()
    {
        Run(Letters(), everySteps: 1);

        var info = _simulation.Run(() => _simulation.Client(durable => durable.AddModule(new TestModule())).GetRun("run").GetInfoAsync());
        Assert.Equal((1L, 1), (info.Epoch, info.Attempt));
    }

    [Fact]
    public void A_run_is_not_unloaded_while_one_of_its_bodies_runs()
    {
        var slow = new TaskCompletionSource<string>();
        var workflow = TestWorkflow.Define("Parallel", async w =>
        {
            _passes++;
            return string.Concat(await Task.WhenAll(w.StepAsync("slow", _ => slow.Task), w.StepAsync("quick", _ => Task.FromResult("q"))));
        });
        var host = _simulation.Start(durable => durable.ForceReplay().AddModule(new TestModule(workflow)));
        var result = _simulation.Begin(() => host.Client.RunAsync(workflow.Call(), "run"));
        Assert.Equal(1, _passes);

        slow.SetResult("s");
        _simulation.Settle();

        Assert.Equal("sq", _simulation.Run(() => result));
        Assert.Equal(2, _passes);
    }

    [Fact]
    public void Code_that_does_not_repeat_is_found_without_a_crash()
    {
        var workflow = TestWorkflow.Define("Unsteady", async w => await w.StepAsync($"step {++_passes}", _ => Task.FromResult(1)) + await w.StepAsync("b", _ => Task.FromResult(1)), isSequential: true);

        var exception = Assert.Throws<RunQuarantinedException>(() => Run(workflow, everySteps: 1));

        Assert.Contains("step 1", exception.Message);
    }

    [Fact]
    public void Foreign_work_is_cut_off_and_runs_again()
    {
        var started = 0;
        var workflow = TestWorkflow.Define("Foreign", async w =>
        {
            var foreign = ForeignAsync();
            var a = await w.StepAsync("a", _ => Task.FromResult(1));
            return a + await foreign;

            async Task<int> ForeignAsync()
            {
                started++;
                await Task.Delay(TimeSpan.FromSeconds(1), _simulation.Clock, w.CancellationToken);
                return 1;
            }
        });
        var host = _simulation.Start(durable => durable.ForceReplay().AddModule(new TestModule(workflow)));
        var result = _simulation.Begin(() => host.Client.RunAsync(workflow.Call(), "run"));
        _simulation.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(2, _simulation.Run(() => result));
        Assert.Equal(2, started);
    }

    [Fact]
    public void A_shutdown_that_falls_between_two_passes_gives_the_run_back()
    {
        var mode = new ForcedReplay(1);
        var workflow = Letters();
        DurableHost host = null!;
        Task<bool>? stopping = null;
        host = _simulation.Start(durable => Configure(durable, workflow, mode).DecorateStore((_, store) => new ReadHook(store, () =>
        {
            // The first pass is over and the second reads.
            stopping ??= StopAsync(host);
            return Task.CompletedTask;
        })));
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Settle();
        Assert.True(stopping!.IsCompletedSuccessfully);

        var next = _simulation.Start(durable => Configure(durable, workflow, mode));

        Assert.Equal("abcde", _simulation.Run(() => next.Client.GetRun<string>("run").GetResultAsync()));
        Assert.Equal(["a", "b", "c", "d", "e"], _bodies);
        Assert.Equal(mode.Unloads, mode.Loads);
    }

    [Fact]
    public void Every_0_steps_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _simulation.Start(durable => durable.ForceReplay(0)));

    private TResult Run<TResult>(WorkflowDefinition<TestWorkflow.Input, TResult> workflow, int everySteps)
    {
        var host = _simulation.Start(durable => durable.ForceReplay(everySteps).AddModule(new TestModule(workflow)));
        return _simulation.Run(() => host.Client.RunAsync(workflow.Call(), "run"));
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Letters() => TestWorkflow.Define("Letters", async w =>
    {
        _passes++;
        var letters = "";
        foreach (var letter in (string[])["a", "b", "c", "d", "e"])
        {
            letters += await w.StepAsync(letter, _ =>
            {
                _bodies.Add(letter);
                return Task.FromResult(letter);
            });
        }

        return letters;
    });

    private static DurableBuilder Configure(DurableBuilder durable, WorkflowDefinition workflow, ForcedReplay mode)
    {
        durable.Services.AddSingleton(mode);
        return durable.AddModule(new TestModule(workflow));
    }

    private static async Task<bool> StopAsync(DurableHost host)
    {
        await host.DisposeAsync();
        return true;
    }

    private sealed class ReadHook(Storage.IRunStore inner, Func<Task> before) : Storage.DelegatingStore(inner)
    {
        public override async ValueTask<IReadOnlyList<Storage.CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        {
            await before();
            return await Inner.ReadCheckpointsAsync(runId, cancellationToken);
        }
    }
}
