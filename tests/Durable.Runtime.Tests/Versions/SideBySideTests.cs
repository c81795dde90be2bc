using Durable.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Versions;

/// <summary>Several versions of a workflow beside each other, and one that no worker knows.</summary>
public sealed class SideBySideTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly TaskCompletionSource<int> _gate = new();
    private readonly WorkflowDefinition<TestWorkflow.Input, string> _first;
    private readonly WorkflowDefinition<TestWorkflow.Input, string> _second;

    public SideBySideTests()
    {
        _first = Order(1, "pack", "ship");
        _second = Order(2, "ship", "pack");
    }

    [Fact]
    public void A_run_in_flight_stays_on_its_version_when_a_higher_one_is_deployed_beside_it()
    {
        var run = StopInFirst();
        var host = _simulation.Start([_first, _second], options => options.BuildId = "build-2");
        _gate.SetResult(0);
        _simulation.Settle();
        Assert.Equal("1: pack ship", _simulation.Run(() => host.Client.GetRun<string>(run.RunId).GetResultAsync()));
        Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Version);
    }

    [Fact]
    public void A_new_run_starts_on_the_highest_version_whichever_the_call_was_made_for()
    {
        _gate.SetResult(0);
        var client = _simulation.Start([_first, _second]).Client;
        Assert.Equal("2: ship pack", _simulation.Run(() => client.RunAsync(_first.Call(), "by the old call")));
        Assert.Equal("2: ship pack", _simulation.Run(() => client.RunAsync(_second.Call(), "by the new call")));
    }

    [Fact]
    public void A_run_that_failed_is_resumed_on_its_own_version()
    {
        var fails = true;
        var failing = TestWorkflow.Define("Order", async (w, _) => await w.StepAsync("pack", _ => fails ? throw new IOException("down") : Task.FromResult("old")), version: 1);
        var run = _simulation.Run(() => _simulation.Start(failing).Client.StartAsync(failing.Call(), "run"));
        var client = _simulation.Start([failing, _second]).Client;
        fails = false;
        _simulation.Run(() => client.GetRun("run").ResumeAsync());
        Assert.Equal("old", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_run_whose_version_is_gone_keeps_what_it_stored_waits_and_is_listed()
    {
        var run = StopInFirst();
        var host = _simulation.Start([_second], options => options.BuildId = "build-2");
        _simulation.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal(("run", 1), _simulation.Run(async () =>
        {
            var page = await host.Client.ListRunsAsync(new RunFilter { Workflow = "Order" });
            return (Assert.Single(page.Runs).RunId, page.Runs[0].Version);
        }));
        Assert.Equal("/pack", Assert.Single(_simulation.Run(() => run.GetCheckpointsAsync())).StepId);
    }

    [Fact]
    public void A_version_that_no_worker_knows_is_named_by_a_warning_at_each_start()
    {
        _simulation.Run(() => _simulation.Client(_first).StartAsync(_first.Call(), "run"));
        foreach (var worker in (string[])["first start", "second start"])
            _simulation.Start([_second], options => options.WorkerName = worker);
        Assert.Equal(2, _simulation.Logs.Of(1001).Count(line => line.Level == LogLevel.Warning && line.Text == "1 run(s) wait for workflow Order version 1, which is not registered here; they stay queued until a worker knows it"));
    }

    [Fact]
    public void A_run_that_waited_for_its_version_runs_when_that_is_registered_again()
    {
        _gate.SetResult(0);
        var run = _simulation.Run(() => _simulation.Client(_first).StartAsync(_first.Call(), "run"));
        _simulation.Start([_second]);
        _simulation.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(RunStatus.Pending, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Start([_first, _second]);
        Assert.Equal("1: pack ship", _simulation.Run(() => run.GetResultAsync()));
    }

    // The first version is stopped in its second step, and its process dies.
    private RunHandle<string> StopInFirst()
    {
        var host = _simulation.Start([_first]);
        var run = _simulation.Run(() => host.Client.StartAsync(_first.Call(), "run"));
        _simulation.Kill(host);
        _simulation.PassLeases();
        return _simulation.Client(_first).GetRun<string>(run.RunId);
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Order(int version, params string[] steps) => TestWorkflow.Define("Order", async (w, _) =>
    {
        await w.StepAsync(steps[0], _ => Task.FromResult(0));
        await w.StepAsync(steps[1], _ => _gate.Task);
        return $"{version}: {string.Join(' ', steps)}";
    }, isSequential: true, awaitsOnlyDurableWork: true, version: version);
}
