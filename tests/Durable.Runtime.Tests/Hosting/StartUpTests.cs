using Durable.CompilerServices;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Durable.Runtime.Tests.Hosting;

/// <summary>What a worker refuses to start with, and what it says when it starts.</summary>
public sealed class StartUpTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly WorkflowDefinition<TestWorkflow.Input, int> _one = TestWorkflow.Define("One", async w => await w.StepAsync("a", _ => Task.FromResult(1)));

    [Fact]
    public async Task Without_a_store_nothing_starts_and_the_message_names_the_choices()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => DurableHost.StartAsync(durable => durable.Add(_one)));
        Assert.Equal(
            "Durable has no store. Choose one in AddDurable: durable.UseSqlite(\"app.db\") from Durable.Sqlite, or durable.UseInMemory() where runs need not survive the process.",
            refused.Message);
    }

    [Fact]
    public void A_store_that_cannot_be_reached_at_the_start_refuses_the_start()
    {
        _simulation.Store.FailBefore(nameof(IRunStore.InitializeAsync));
        Assert.Throws<StoreException>(() => _simulation.Start(_one));
    }

    [Fact]
    public void A_client_opens_the_store_when_it_can_be_reached_again()
    {
        _simulation.Store.FailBefore(nameof(IRunStore.InitializeAsync));
        var client = _simulation.Client(_one);
        Assert.Throws<StoreException>(() => _simulation.Run(() => client.StartAsync(_one.Call(), "run")));
        Assert.Equal("run", _simulation.Run(() => client.StartAsync(_one.Call(), "run")).RunId);
    }

    [Fact]
    public async Task A_caller_need_not_wait_for_a_store_that_hangs()
    {
        using var cancel = new CancellationTokenSource();
        var store = new HookedStore(new InMemoryStore(TimeProvider.System));
        store.Before = (_, _) =>
        {
            cancel.Cancel();
            return new TaskCompletionSource().Task;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DurableHost.StartAsync(durable => durable.UseStore(_ => store), cancel.Token));
    }

    [Fact]
    public async Task Two_workflows_of_one_name_are_refused_and_both_are_named()
    {
        var other = new WorkflowDefinition<TestWorkflow.Input, int>
        {
            Name = "One",
            Declaration = "Billing.Other (Billing)",
            CallFactory = "Billing.OneCall",
            Json = _one.Json,
            Body = (_, _, _, _) => new ValueTask<int>(2),
            Arguments = _one.Arguments,
            Result = _one.Result,
        };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DurableHost.StartAsync(durable => durable.UseInMemory().Add(_one).AddModule(new OtherModule(other))));
        Assert.Equal(
            "Two workflows are named 'One' (version 1): Tests.One (Durable.Runtime.Tests) and Billing.Other (Billing). Give one of them another name, [Workflow(\"...\")], or version.",
            refused.Message);
    }

    [Fact]
    public void Two_versions_of_one_workflow_run_side_by_side()
    {
        var second = TestWorkflow.Define("One", (_, _) => Task.FromResult(2), version: 2);
        var first = _simulation.Run(() => _simulation.Client(_one).StartAsync(_one.Call(), "first"));
        var client = _simulation.Start([_one, second]).Client;
        Assert.Equal(2, _simulation.Run(() => client.RunAsync(second.Call(), "second")));
        Assert.Equal(1, _simulation.Run(() => first.GetResultAsync()));
    }

    [Fact]
    public async Task A_module_that_is_added_twice_counts_once()
    {
        var services = new ServiceCollection();
        services.AddDurable(durable => durable.UseInMemory().Add(_one));
        services.AddDurable(durable => durable.Add(_one));
        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<IDurableClient>());
        Assert.Single(services, service => service.ServiceType == typeof(IDurableClient));
    }

    [Fact]
    public async Task The_last_choice_of_a_store_counts()
    {
        var chosen = new InMemoryStore(TimeProvider.System);
        await using var host = await DurableHost.StartAsync(durable => durable.UseInMemory().UseStore(_ => chosen).Add(_one));
        await host.Client.RunAsync(_one.Call(), "run");
        Assert.NotNull(await chosen.FindRunAsync("run", CancellationToken.None));
    }

    [Fact]
    public void A_build_is_named_by_its_modules_so_that_a_restart_keeps_the_name()
    {
        foreach (var id in new[] { "first", "second" })
        {
            var host = _simulation.Start(_one, options => options.BuildId = null);
            _simulation.Run(() => host.Client.RunAsync(_one.Call(), id));
            _simulation.Run(() => host.DisposeAsync().AsTask());
        }

        var builds = _simulation.Store.Commits.SelectMany(commit => commit.Checkpoints).Select(checkpoint => checkpoint.BuildId).ToList();
        Assert.Equal(2, builds.Count);
        Assert.Matches("^[0-9a-f]{16}$", Assert.Single(builds.Distinct()));
    }

    [Fact]
    public async Task Options_out_of_range_are_all_named_in_one_message()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => DurableHost.StartAsync(durable => durable.UseInMemory().Configure(options =>
        {
            options.MaxConcurrentRuns = 0;
            options.PoisonLimit = 1;
            options.IsolationTime = TimeSpan.Zero;
            options.LeaseDuration = TimeSpan.FromMilliseconds(999);
            options.PollInterval = TimeSpan.FromMinutes(2);
            options.ShutdownGrace = TimeSpan.FromMinutes(11);
            options.ReplayStallTimeout = TimeSpan.Zero;
            options.BlockingWaitThreshold = TimeSpan.FromHours(2);
            options.BuildId = "";
            options.WorkerName = new string('w', 101);
        })));
        Assert.Equal(
            [
                "DurableOptions.MaxConcurrentRuns is 0; it must be 1 to 10,000.",
                "DurableOptions.PoisonLimit is 1; it must be 2 to 1,000.",
                "DurableOptions.LeaseDuration is 00:00:00.9990000; it must be 00:00:01 to 01:00:00.",
                "DurableOptions.PollInterval is 00:02:00; it must be 00:00:00.0100000 to 00:01:00.",
                "DurableOptions.ShutdownGrace is 00:11:00; it must be 00:00:00 to 00:10:00.",
                "DurableOptions.ReplayStallTimeout is 00:00:00; it must be 00:00:00.0100000 to 01:00:00.",
                "DurableOptions.IsolationTime is 00:00:00; it must be 00:00:01 to 01:00:00.",
                "DurableOptions.BlockingWaitThreshold is 02:00:00; it must be 00:00:00.0100000 to 01:00:00.",
                "DurableOptions.BuildId has 0 characters; it must have 1 to 100, or be null for the default.",
                "DurableOptions.WorkerName has 101 characters; it must have 1 to 100, or be null for the default.",
            ],
            refused.Failures);
    }

    [Fact]
    public void The_first_line_of_a_worker_counts_what_it_finds()
    {
        var stuck = TestWorkflow.Define("One", _ => new TaskCompletionSource<int>().Task);
        var dead = _simulation.Start(stuck, options => options.MaxConcurrentRuns = 1, new());
        foreach (var id in new[] { "held", "pending 1", "pending 2" })
            _simulation.Run(() => dead.Client.StartAsync(stuck.Call(), id));
        _simulation.Run(() => dead.Client.StartAsync(TestWorkflow.Define("Unknown", _ => Task.FromResult(0)).Call(), "unknown"));
        _simulation.Start(_one, options => options.WorkerName = "next");
        var line = Assert.Single(_simulation.Logs.Of(1000), line => line.Text.Contains("next"));
        Assert.Equal("Worker next started with build build-1: 1 run(s) to recover, 2 pending, 0 quarantined, 1 of workflows that are not registered here", line.Text);
    }

    [Fact]
    public void Runs_of_an_unknown_workflow_are_named_in_a_warning()
    {
        StartUnknown();
        _simulation.Start(_one);
        var line = Assert.Single(_simulation.Logs.Of(1001));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Equal("1 run(s) wait for workflow Unknown version 1, which is not registered here; they stay queued until a worker knows it", line.Text);
    }

    [Fact]
    public void A_run_of_an_unknown_workflow_stays_pending_and_visible()
    {
        StartUnknown();
        var host = _simulation.Start(_one);
        _simulation.Advance(TimeSpan.FromMinutes(5));
        var info = _simulation.Run(() => host.Client.GetRun("unknown").GetInfoAsync());
        Assert.Equal((RunStatus.Pending, 0L, "Unknown"), (info.Status, info.Epoch, info.Workflow));
    }

    [Fact]
    public void A_run_of_an_unknown_workflow_runs_when_a_worker_knows_it()
    {
        var unknown = StartUnknown();
        _simulation.Start(_one);
        var host = _simulation.Start([_one, unknown]);
        Assert.Equal(7, _simulation.Run(() => host.Client.GetRun<int>("unknown").GetResultAsync()));
    }

    [Fact]
    public void A_client_without_worker_executes_nothing()
    {
        var client = _simulation.Client(_one);
        var run = _simulation.Run(() => client.StartAsync(_one.Call(), "run"));
        _simulation.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(RunStatus.Pending, _simulation.Run(() => run.GetStatusAsync()));
        Assert.DoesNotContain(nameof(IRunStore.ClaimRunsAsync), _simulation.Store.Verbs);
    }

    [Fact]
    public void A_client_without_worker_registers_no_hosted_service()
        => Assert.DoesNotContain(new ServiceCollection().AddDurableClient(durable => durable.UseInMemory()), service => service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService));

    [Fact]
    public async Task Five_lines_without_a_host_are_enough()
    {
        await using var host = await DurableHost.StartAsync(durable => durable.UseInMemory().Add(_one));
        var run = await host.Client.StartAsync(_one.Call());
        Assert.Equal(1, await run.GetResultAsync());
    }

    private WorkflowDefinition<TestWorkflow.Input, int> StartUnknown()
    {
        var unknown = TestWorkflow.Define("Unknown", _ => Task.FromResult(7));
        _simulation.Run(() => _simulation.Client().StartAsync(unknown.Call(), "unknown"));
        return unknown;
    }

    private sealed class OtherModule(WorkflowDefinition workflow) : DurableModule
    {
        public override void Register(DurableRegistration registration) => registration.AddWorkflow(workflow);
    }
}
