using Durable.Storage;
using Durable.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Hosting;

/// <summary>Durable within an application host.</summary>
public sealed class GenericHostTests
{
    private readonly InMemoryStore _store = new(TimeProvider.System);
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_worker_lives_within_the_host()
    {
        var workflow = TestWorkflow.Define("One", async w => await w.StepAsync("a", _ => Task.FromResult(1)));
        using var host = Build(durable => durable.Add(workflow));
        await host.StartAsync();
        Assert.Equal(1, await host.Services.GetRequiredService<IDurableClient>().RunAsync(workflow.Call()));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_host_without_a_store_refuses_to_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddDurable(_ => { });
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.StartsWith("Durable has no store.", refused.Message);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_running_body_ends_before_any_other_service_of_the_host_is_stopped(bool otherIsRegisteredFirst)
    {
        var other = new OtherService();
        var workflow = TestWorkflow.Define("Uses", async w => await w.StepAsync("body", async _ =>
        {
            _entered.SetResult();
            await _open.Task;
            return other.IsStopped;
        }));
        using var host = Build(durable => durable.Add(workflow), otherIsRegisteredFirst ? other : null, otherIsRegisteredFirst ? null : other);
        await host.StartAsync();
        await host.Services.GetRequiredService<IDurableClient>().StartAsync(workflow.Call(), "run");
        await _entered.Task;
        var stopping = host.StopAsync();
        _open.SetResult();
        await stopping;
        Assert.True(other.IsStopped);
        var checkpoint = Assert.Single(await _store.ReadCheckpointsAsync("run", CancellationToken.None));
        Assert.Equal("false", System.Text.Encoding.UTF8.GetString(checkpoint.Result.Span));
    }

    [Fact]
    public async Task A_host_that_stops_gives_its_runs_back()
    {
        var workflow = TestWorkflow.Define("Waits", async w =>
        {
            await w.StepAsync("body", async _ =>
            {
                _entered.SetResult();
                await _open.Task;
            });
            return await new TaskCompletionSource<int>().Task;
        });
        using var host = Build(durable => durable.Add(workflow));
        await host.StartAsync();
        await host.Services.GetRequiredService<IDurableClient>().StartAsync(workflow.Call(), "run");
        await _entered.Task;
        var stopping = host.StopAsync();
        _open.SetResult();
        await stopping;
        var run = await _store.FindRunAsync("run", CancellationToken.None);
        Assert.Equal((RunStatus.Pending, 1, 1L), (run!.Status, run.Attempt, run.LastSequence));
    }

    [Fact]
    public async Task A_host_that_is_disposed_without_a_stop_leaves_its_runs_to_their_leases()
    {
        var workflow = TestWorkflow.Define("Waits", async _ =>
        {
            _entered.SetResult();
            return await new TaskCompletionSource<int>().Task;
        });
        var host = Build(durable => durable.Add(workflow));
        await host.StartAsync();
        await host.Services.GetRequiredService<IDurableClient>().StartAsync(workflow.Call(), "run");
        await _entered.Task;
        await ((IAsyncDisposable)host).DisposeAsync();
        Assert.Equal(RunStatus.Running, (await _store.FindRunAsync("run", CancellationToken.None))!.Status);
    }

    private IHost Build(Action<DurableBuilder> configure, IHostedService? before = null, IHostedService? after = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<ILoggerFactory>(new LogSink());
        if (before is not null)
            builder.Services.AddSingleton(before);
        builder.Services.AddDurable(durable => configure(durable.UseStore(_ => new KeptStore(_store))));
        if (after is not null)
            builder.Services.AddSingleton(after);
        return builder.Build();
    }

    private sealed class OtherService : IHostedService
    {
        public bool IsStopped { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            IsStopped = true;
            return Task.CompletedTask;
        }
    }
}
