using Durable.CompilerServices;
using Durable.Execution;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Workers;

/// <summary>How a worker takes runs on: how many at once, with which services, and what it says of code that blocks.</summary>
public sealed class WorkerTests
{
    private readonly EngineSimulation _simulation = new();

    [Fact]
    public void No_more_runs_than_the_limit_are_executed_at_once()
    {
        var (now, most) = (0, 0);
        var gates = new Queue<TaskCompletionSource<int>>();
        var workflow = TestWorkflow.Define("Busy", async w => await w.StepAsync("body", async _ =>
        {
            most = Math.Max(most, ++now);
            var gate = new TaskCompletionSource<int>();
            gates.Enqueue(gate);
            return await gate.Task;
        }));
        var host = _simulation.Start(workflow, options => options.MaxConcurrentRuns = 2);
        for (var i = 0; i < 7; i++)
            _simulation.Run(() => host.Client.StartAsync(workflow.Call(), $"run {i}"));
        Assert.Equal(2, most);
        while (gates.TryDequeue(out var gate))
        {
            now--;
            gate.SetResult(1);
            _simulation.Settle();
        }

        Assert.Equal(2, most);
        for (var i = 0; i < 7; i++)
            Assert.Equal(RunStatus.Completed, _simulation.Run(() => host.Client.GetRun($"run {i}").GetStatusAsync()));
    }

    [Fact]
    public void A_full_worker_claims_nothing_until_a_run_ends()
    {
        var workflow = TestWorkflow.Define("Stuck", _ => new TaskCompletionSource<int>().Task);
        var host = _simulation.Start(workflow, options => options.MaxConcurrentRuns = 1);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "first"));
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "second"));
        var claims = Claims();
        _simulation.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(claims, Claims());
    }

    [Fact]
    public void One_scope_of_services_serves_an_incarnation_and_is_disposed_after_its_end()
    {
        var simulation = new EngineSimulation(isUndisturbed: true);
        var services = new List<Scoped>();
        var workflow = WithServices(async (provider, w) =>
        {
            services.Add(provider.GetRequiredService<Scoped>());
            await w.StepAsync("body", _ => Task.FromResult(provider.GetRequiredService<Scoped>() == services[0] && !services[0].IsDisposed ? 1 : 0));
            return services[0].IsDisposed ? 0 : 1;
        });
        var host = simulation.Start(workflow, services: s => s.AddScoped<Scoped>());
        Assert.Equal(1, simulation.Run(() => host.Client.RunAsync(workflow.Call(), "run")));
        Assert.True(Assert.Single(services).IsDisposed);
    }

    [Fact]
    public void Each_incarnation_has_its_own_services()
    {
        var services = new List<Scoped>();
        var workflow = WithServices((provider, _) =>
        {
            services.Add(provider.GetRequiredService<Scoped>());
            return Task.FromException<int>(new InvalidOperationException());
        });
        var host = _simulation.Start(workflow, services: s => s.AddScoped<Scoped>());
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal(2, services.Distinct().Count());
    }

    [Fact]
    public void Services_of_a_dropped_run_live_until_its_last_body_has_ended()
    {
        Scoped? scoped = null;
        var body = new TaskCompletionSource<int>();
        var workflow = WithServices(async (provider, w) =>
        {
            scoped ??= provider.GetRequiredService<Scoped>();
            return await w.StepAsync("body", _ => body.Task);
        });
        var clock = new ManualClock();
        var host = _simulation.Start(workflow, clock: clock, services: s => s.AddScoped<Scoped>());
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Store.FailBefore(nameof(IRunStore.RenewLeasesAsync), times: 100);
        _simulation.Advance(TimeSpan.FromSeconds(30), clock);
        Assert.Single(_simulation.Logs.Of(1104));
        Assert.False(scoped!.IsDisposed);
        body.SetResult(1);
        _simulation.Settle();
        Assert.True(scoped.IsDisposed);
    }

    [Fact]
    public void Services_of_a_dropped_run_live_until_its_code_has_returned()
    {
        Scoped? scoped = null;
        bool? wasDisposedMeanwhile = null;
        var clock = new ManualClock();
        var workflow = WithServices((provider, _) =>
        {
            if (scoped is not null)
                return Task.FromResult(1);
            scoped = provider.GetRequiredService<Scoped>();
            // Code that computes for long: meanwhile, as if on other threads, its lease is lost.
            _simulation.Store.FailBefore(nameof(IRunStore.RenewLeasesAsync), times: 100);
            _simulation.Advance(TimeSpan.FromSeconds(30), clock);
            wasDisposedMeanwhile = scoped.IsDisposed;
            return Task.FromResult(1);
        });
        var host = _simulation.Start(workflow, clock: clock, services: s => s.AddScoped<Scoped>());
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Single(_simulation.Logs.Of(1104));
        Assert.False(wasDisposedMeanwhile);
        Assert.True(scoped!.IsDisposed);
    }

    [Fact]
    public void A_service_that_cannot_be_made_fails_the_run()
    {
        var workflow = WithServices((provider, _) => Task.FromResult(provider.GetRequiredService<Scoped>().IsDisposed ? 0 : 1));
        var run = _simulation.Run(() => _simulation.Start(workflow).Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => run.GetStatusAsync()));
    }

    [Fact]
    public async Task Workflow_code_that_blocks_is_reported_with_what_to_do()
    {
        var clock = new ManualClock();
        clock.Advance(TimeSpan.FromSeconds(1));
        var logs = new LogSink();
        using var entered = new ManualResetEventSlim();
        using var reported = new ManualResetEventSlim();
        var workflow = TestWorkflow.Define("Blocks", _ =>
        {
            entered.Set();
            reported.Wait();
            return Task.FromResult(1);
        });
        await using var host = await DurableHost.StartAsync(durable =>
        {
            durable.UseStore(_ => new InMemoryStore(TimeProvider.System)).Add(workflow);
            durable.Configure(options => (options.BlockingWaitThreshold, options.LeaseDuration) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromHours(1)));
            durable.Services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerFactory>(logs);
        });
        var run = await host.Client.StartAsync(workflow.Call(), "run");
        entered.Wait();
        // The watchdog looks on a thread of the pool whenever half of the threshold has passed.
        for (var i = 0; i < 100_000 && !logs.Of(1106).Any(); i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        reported.Set();
        var line = Assert.Single(logs.Of(1106));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("Workflow code of run run of Blocks has not returned for", line.Text);
        Assert.Equal(1, await run.GetResultAsync());
    }

    [Fact]
    public void Each_turn_of_workflow_code_is_timed_on_its_own()
    {
        var startedAt = new List<long>();
        var fail = true;
        var workflow = TestWorkflow.Define("Slow", async w =>
        {
            for (var i = 0; i < 3; i++)
            {
                await w.StepAsync("step", _ => Task.FromResult(i));
                startedAt.Add(((RunSynchronizationContext)SynchronizationContext.Current!).Driver.TurnStartedAt);
                _simulation.Clock.Advance(TimeSpan.FromSeconds(2));
            }

            return fail ? throw new InvalidOperationException() : 1;
        });
        var run = _simulation.Run(() => _simulation.Start(workflow).Client.StartAsync(workflow.Call(), "run"));
        fail = false;
        startedAt.Clear();
        _simulation.Run(() => run.ResumeAsync());
        Assert.Equal(1, _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([TimeSpan.FromSeconds(2).Ticks, TimeSpan.FromSeconds(2).Ticks], startedAt.Zip(startedAt.Skip(1), (first, second) => second - first));
    }

    private int Claims() => _simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.ClaimRunsAsync));

    private static WorkflowDefinition<TestWorkflow.Input, int> WithServices(Func<IServiceProvider, WorkflowContext, Task<int>> body)
    {
        var plain = TestWorkflow.Define("Services", _ => Task.FromResult(0));
        return new WorkflowDefinition<TestWorkflow.Input, int>
        {
            Name = plain.Name,
            Declaration = plain.Declaration,
            CallFactory = plain.CallFactory,
            Json = plain.Json,
            Arguments = plain.Arguments,
            Result = plain.Result,
            Body = (services, _, workflow, _) => new ValueTask<int>(body(services, workflow)),
        };
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
