using Durable.Storage;
using Durable.TestKit;
using Durable.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>A wall clock that is set while runs sleep.</summary>
public sealed class SteadyClockTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Theory, InlineData(-1), InlineData(1)]
    public void A_steady_clock_goes_on_while_the_wall_clock_is_set(int days)
    {
        var machine = new ManualClock();
        var steady = new SteadyClock(machine);
        var start = steady.GetUtcNow();
        machine.SetBack(days * s_day);
        machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(start + TimeSpan.FromMinutes(1), steady.GetUtcNow());
    }

    [Theory, InlineData(-1), InlineData(1)]
    public void A_wall_clock_that_jumps_a_day_while_a_run_sleeps_wakes_it_neither_early_nor_late(int days)
    {
        var simulation = new Simulation(store: static clock => new InMemoryStore(new SteadyClock(clock)));
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            await w.SleepAsync(TimeSpan.FromHours(2));
            return "slept";
        }, awaitsOnlyDurableWork: true);
        var host = simulation.Start(durable => durable.Add(null, [workflow]));
        var run = simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        simulation.Settle();
        Assert.Equal(RunStatus.Suspended, simulation.Run(() => run.GetStatusAsync()));

        simulation.Clock.SetBack(days * s_day);
        simulation.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(RunStatus.Suspended, simulation.Run(() => run.GetStatusAsync()));
        simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("slept", simulation.Run(() => run.GetResultAsync()));
    }

    [Theory, InlineData(-1), InlineData(1)]
    public async Task The_store_that_UseInMemory_makes_does_not_notice_that_the_wall_clock_is_set(int days)
    {
        var machine = new ManualClock();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(machine);
        services.AddDurableClient(static durable => durable.UseInMemory());
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<IRunStore>();
        var start = machine.GetUtcNow();
        await store.CreateRunAsync(NewRun("first"), default);
        machine.SetBack(days * s_day);
        machine.Advance(TimeSpan.FromMinutes(1));
        await store.CreateRunAsync(NewRun("second"), default);
        Assert.Equal(start + TimeSpan.FromMinutes(1), (await store.FindRunAsync("second", default))!.CreatedAt);
    }

    private static NewRun NewRun(string id) => new() { RunId = id, Workflow = new WorkflowIdentity("Order", 1), Input = "{}"u8.ToArray(), Fingerprint = 0 };
}
