using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>Runs that go on from their beginning.</summary>
public sealed class ContinueAsNewTests : WaitingTests
{
    private readonly List<Guid> _tokens = [];
    private readonly List<Guid> _guids = [];
    private WorkflowDefinition<TestWorkflow.Input, string> _workflow = null!;

    [Fact]
    public void A_run_goes_on_with_other_arguments_under_its_id()
    {
        var run = Counting(3);
        Assert.Equal("3 done", Result(run));
        Assert.Equal(["Count", "Count", "Count"], Bodies);
    }

    [Fact]
    public void What_was_recorded_before_is_gone()
    {
        var run = Counting(3);
        Result(run);
        Assert.Equal(["/Count"], Checkpoints(run).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void The_same_step_has_another_token_each_time()
    {
        Result(Counting(3));
        Assert.Equal(3, _tokens.Distinct().Count());
    }

    [Fact]
    public void The_same_call_has_another_guid_each_time()
    {
        Result(Counting(3));
        Assert.Equal(3, _guids.Distinct().Count());
    }

    [Fact]
    public void Signals_that_nobody_has_taken_stay()
    {
        var run = Run(async (w, input) =>
        {
            var signal = await w.WaitForSignalAsync<int>("n");
            return input.Length == 2 ? $"{input}{signal}" : await w.ContinueAsNew(_workflow.Call($"{input}{signal}"));
        });
        foreach (var n in (int[])[1, 2, 3])
            Simulation.Run(() => run.SignalAsync("n", n));
        Assert.Equal("123", Result(run));
    }

    [Fact]
    public void Starting_it_again_with_the_first_arguments_finds_the_run()
    {
        var run = Counting(3);
        Result(run);
        var client = Simulation.Client(_workflow);
        Assert.Equal("3 done", Simulation.Run(() => client.RunAsync(_workflow.Call(""), "run")));
    }

    [Fact]
    public void The_time_goes_on()
    {
        var times = new List<DateTimeOffset>();
        var run = Run(async (w, input) =>
        {
            times.Add(w.UtcNow);
            await w.SleepAsync(TimeSpan.FromHours(1));
            return input.Length == 1 ? "" : await w.ContinueAsNew(_workflow.Call("x"));
        });
        var start = Now;
        Advance(TimeSpan.FromHours(2));
        Result(run);
        Assert.Equal([start, start + TimeSpan.FromHours(1)], times.Distinct());
    }

    [Fact]
    public void A_request_that_was_open_is_closed()
    {
        var run = Run(async (w, input) =>
        {
            if (input.Length == 1)
                return await w.WaitForSignalAsync<string>("go");
            _ = w.RequestAsync<string, string>("approve", "?");
            await StepAsync("Count");
            return await w.ContinueAsNew(_workflow.Call("x"));
        });
        Simulation.Settle();
        Assert.Empty(Simulation.Run(() => Simulation.Client(_workflow).ListRequestsAsync()));
    }

    [Fact]
    public void A_crash_in_the_midst_repeats_no_finished_execution()
    {
        _workflow = TestWorkflow.Define("Order", async (w, input) =>
        {
            await StepAsync("Count");
            if (input.Length == 2)
                await w.SleepAsync(TimeSpan.FromHours(1));
            return input.Length == 3 ? "done" : await w.ContinueAsNew(_workflow.Call(input + "x"));
        }, awaitsOnlyDurableWork: true);
        var first = Simulation.Start(_workflow);
        Simulation.Run(() => first.Client.StartAsync(_workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(first);
        var second = Simulation.Start(_workflow);
        Advance(TimeSpan.FromHours(1));
        Assert.Equal("done", Simulation.Run(() => second.Client.GetRun<string>("run").GetResultAsync()));
        Assert.Equal(4, Bodies.Count);
    }

    [Fact]
    public void The_newest_version_goes_on()
    {
        _workflow = TestWorkflow.Define("Order", async (w, input) => input == "on" ? "old" : await w.ContinueAsNew(_workflow.Call("on")), awaitsOnlyDurableWork: true);
        var first = Simulation.Start(_workflow);
        var newer = TestWorkflow.Define("Order", (_, _) => Task.FromResult("new"), version: 2, awaitsOnlyDurableWork: true);
        Simulation.Kill(first);
        var host = Simulation.Start([_workflow, newer]);
        var old = Simulation.Client(_workflow);
        Simulation.Run(() => old.StartAsync(_workflow.Call(), "run"));
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("new", Simulation.Run(() => host.Client.GetRun<string>("run").GetResultAsync()));
        Assert.Equal(2, Simulation.Run(() => host.Client.GetRun<string>("run").GetInfoAsync()).Version);
    }

    [Fact]
    public void A_run_cannot_go_on_as_another_workflow()
    {
        var other = TestWorkflow.Define("Other", (_, _) => Task.FromResult(""), awaitsOnlyDurableWork: true);
        var run = Run(async (w, _) => (await Assert.ThrowsAsync<ArgumentException>(() => w.ContinueAsNew(other.Call()))).Message);
        Assert.Contains("cannot go on as one of 'Other'", Result(run));
    }

    [Fact]
    public void A_cancellation_reaches_the_next_execution()
    {
        var run = Run(async (w, input) =>
        {
            await w.SleepAsync(TimeSpan.FromHours(1));
            return await w.ContinueAsNew(_workflow.Call("x"));
        });
        Advance(TimeSpan.FromHours(1));
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Equal("enough", Assert.Throws<RunCanceledException>(() => Result(run)).Reason);
    }

    private RunHandle<string> Counting(int times) => Run(async (w, input) =>
    {
        _guids.Add(w.NewGuid());
        await StepAsync("Count", step =>
        {
            _tokens.Add(step.IdempotencyToken);
            return Task.CompletedTask;
        });
        return input.Length == times - 1 ? $"{times} done" : await w.ContinueAsNew(_workflow.Call(input + "x"));
    });

    private RunHandle<string> Run(Func<WorkflowContext, string, Task<string>> body)
    {
        _workflow = TestWorkflow.Define("Order", body, awaitsOnlyDurableWork: true);
        return Start(_workflow);
    }
}
