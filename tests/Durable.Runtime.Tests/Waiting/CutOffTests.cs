using System.Diagnostics.Metrics;
using Durable.Testing;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>Foreign work that a suspension cuts off.</summary>
public sealed class CutOffTests
{
    private readonly Workers.Gate _foreign = new();
    private int _begun;

    [Fact]
    public void It_runs_again_when_the_run_goes_on()
    {
        var simulation = new Simulation { AllowsCutOffWork = true };
        var run = Suspend(simulation);
        _foreign.Open();
        simulation.Advance(TimeSpan.FromHours(1));
        Assert.Equal("done", simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(2, _begun);
    }

    [Fact]
    public void It_is_counted_when_it_ends()
    {
        var counted = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Durable", Name: "durable.foreign_work.cut_off" })
                listener.EnableMeasurementEvents(instrument);
        } };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counted += tags.ToArray().Any(tag => (string?)tag.Value == "CutOff") ? count : 0);
        listener.Start();
        var simulation = new Simulation { AllowsCutOffWork = true };
        Suspend(simulation);
        _foreign.Open();
        simulation.Settle();
        Assert.Equal(1, counted);
    }

    [Fact]
    public void In_a_simulation_it_is_an_error_that_says_what_to_do()
    {
        var simulation = new Simulation();
        Suspend(simulation);
        _foreign.Open();
        var error = Assert.Throws<InvalidOperationException>(simulation.Settle);
        Assert.StartsWith("Run 'run' was suspended while its code awaited foreign work", error.Message);
    }

    private RunHandle<string> Suspend(Simulation simulation)
    {
        var workflow = TestWorkflow.Define("CutOff", async w =>
        {
            _begun++;
            await Task.WhenAll(_foreign.PassAsync(), w.SleepAsync(TimeSpan.FromHours(1)));
            return "done";
        });
        var host = simulation.Start(durable => durable.AddModule(new TestModule([workflow])));
        var run = simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        simulation.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(RunStatus.Suspended, simulation.Run(() => run.GetStatusAsync()));
        return run;
    }
}
