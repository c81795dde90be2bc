namespace Durable.Testing.Tests.Simulations;

/// <summary>A host that is killed: nothing of it runs any more, and its runs go on elsewhere.</summary>
public sealed class KillTests
{
    private readonly Simulation _simulation = new();
    private readonly TaskCompletionSource _gate = new();
    private readonly List<string> _events = [];

    [Fact]
    public void A_body_of_a_killed_host_never_goes_on()
    {
        _simulation.Kill(StartWithinBody());
        _gate.SetResult();
        _simulation.Settle();
        Assert.Equal(["first starts"], _events);
    }

    [Fact]
    public void The_run_of_a_killed_host_goes_on_elsewhere_when_its_lease_has_passed()
    {
        _simulation.Kill(StartWithinBody());
        var second = Start("second");
        _simulation.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["first starts"], _events);
        _gate.SetResult();
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["first starts", "second starts", "second ends"], _events);
        Assert.Equal("second", _simulation.Run(() => second.Client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_client_of_a_killed_host_is_never_answered()
    {
        var host = StartWithinBody();
        _simulation.Kill(host);
        Assert.False(_simulation.Begin(() => host.Client.GetRun("run").GetStatusAsync()).IsCompleted);
    }

    private DurableHost StartWithinBody()
    {
        var host = Start("first");
        _simulation.Run(() => host.Client.StartAsync(Workflow("first").Call(), "run"));
        return host;
    }

    private DurableHost Start(string name) => _simulation.Start(durable => durable.AddModule(new TestModule(Workflow(name))));

    private CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Workflow(string host) => TestWorkflow.Define("Slow", async w => await w.StepAsync("slow", async _ =>
    {
        _events.Add($"{host} starts");
        await _gate.Task;
        _events.Add($"{host} ends");
        return host;
    }));
}
