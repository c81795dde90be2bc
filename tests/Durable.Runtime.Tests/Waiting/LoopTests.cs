namespace Durable.Runtime.Tests.Waiting;

/// <summary>Loops with a cursor.</summary>
public sealed class LoopTests : WaitingTests
{
    private readonly List<int> _handled = [];

    [Fact]
    public void A_loop_hands_each_item_of_its_source_to_the_body_in_order()
    {
        Result(Start(w => LoopAsync(w, 5)));
        Assert.Equal([0, 1, 2, 3, 4], _handled);
    }

    [Fact]
    public void Finished_iterations_leave_nothing_behind()
    {
        var run = Start(w => LoopAsync(w, 50));
        Result(run);
        Assert.Equal(["/items/49/end", "/items/50/next"], Checkpoints(run).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void The_rows_of_a_run_do_not_grow_with_its_iterations()
    {
        var most = 0;
        Simulation.Store.After = async (verb, _) =>
        {
            if (verb == "CommitAsync")
                most = Math.Max(most, (await Simulation.Store.ReadCheckpointsAsync("run", default)).Count);
        };
        Result(Start(w => LoopAsync(w, 200)));
        Assert.InRange(most, 3, 6);
    }

    [Fact]
    public void A_loop_may_go_on_for_longer_than_a_run_has_checkpoints()
    {
        const int count = DurableLimits.MaxCheckpointsPerRun / 3 + 100;
        Assert.Equal("", Result(Start(async w =>
        {
            await w.ForEachAsync("items", 0, (cursor, _) => Next(cursor, count), (iteration, item) => iteration.StepAsync("handle", _ => Task.CompletedTask));
            return "";
        })));
    }

    [Fact]
    public void A_crash_goes_on_with_the_iteration_that_was_under_way()
    {
        var workflow = Define(w => LoopAsync(w, 5, async (iteration, item) =>
        {
            if (item == 3)
                await iteration.SleepAsync(TimeSpan.FromHours(1));
        }));
        var first = Simulation.Start(workflow);
        Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(first);
        var second = Simulation.Start(workflow);
        Advance(TimeSpan.FromHours(1));
        Simulation.Run(() => second.Client.GetRun<string>("run").GetResultAsync());
        Assert.Equal([0, 1, 2, 3, 4], _handled);
    }

    [Fact]
    public void An_iteration_may_sleep()
    {
        var run = Start(w => LoopAsync(w, 3, (iteration, _) => iteration.SleepAsync(TimeSpan.FromHours(1))));
        Advance(TimeSpan.FromHours(3));
        Result(run);
        Assert.Equal([0, 1, 2], _handled);
    }

    [Fact]
    public void A_loop_within_a_loop_leaves_nothing_behind_either()
    {
        var run = Start(async w =>
        {
            await w.ForEachAsync("outer", 0, (cursor, _) => Next(cursor, 4), (outer, item)
                => outer.ForEachAsync("inner", 0, (cursor, _) => Next(cursor, 4), (inner, _) => inner.StepAsync("handle", _ =>
                {
                    _handled.Add(item);
                    return Task.CompletedTask;
                })));
            return "";
        });
        Result(run);
        Assert.Equal((16, 2), (_handled.Count, Checkpoints(run).Count));
    }

    [Fact]
    public void Two_loops_of_one_name_are_told_apart()
    {
        var run = Start(async w => await LoopAsync(w, 2) + await LoopAsync(w, 3));
        Result(run);
        Assert.Equal([0, 1, 0, 1, 2], _handled);
    }

    [Fact]
    public void Loops_go_on_beside_each_other()
    {
        var run = Start(async w =>
        {
            await Task.WhenAll(LoopAsync(w, 20), LoopAsync(w, 20));
            return "";
        });
        Result(run);
        Assert.Equal((40, 4), (_handled.Count, Checkpoints(run).Count));
    }

    [Fact]
    public void What_stands_beside_a_loop_stays()
    {
        var run = Start(async w =>
        {
            await StepAsync("Before");
            await LoopAsync(w, 3);
            return await StepAsync("After");
        }, isSequential: true);
        Result(run);
        Assert.Equal(["/Before", "/items/2/end", "/items/3/next", "/After"], Checkpoints(run).Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void An_iteration_that_leaves_a_call_under_way_is_told_to_await_it()
    {
        var run = Start(w => LoopAsync(w, 3, (iteration, item) =>
        {
            _ = iteration.SleepAsync(TimeSpan.FromHours(1));
            return Task.CompletedTask;
        }));
        Assert.Contains("Await all of them", Assert.Throws<RunFailedException>(() => Result(run)).Error.Message);
    }

    [Fact]
    public void A_failed_iteration_is_run_again_when_the_run_is_resumed()
    {
        var isUp = false;
        var run = Start(w => LoopAsync(w, 4, (iteration, item) => iteration.StepAsync("flaky", _ => item == 2 && !isUp ? throw new IOException("down") : Task.CompletedTask)));
        Assert.Throws<RunFailedException>(() => Result(run));
        isUp = true;
        Simulation.Run(() => run.ResumeAsync());
        Result(run);
        Assert.Equal([0, 1, 2, 3], _handled);
    }

    private async Task<string> LoopAsync(WorkflowContext w, int count, Func<WorkflowContext, int, Task>? within = null)
    {
        await w.ForEachAsync("items", 0, (cursor, _) => Next(cursor, count), async (iteration, item) =>
        {
            await iteration.StepAsync("handle", _ =>
            {
                _handled.Add(item);
                return Task.CompletedTask;
            });
            await (within?.Invoke(iteration, item) ?? Task.CompletedTask);
        });
        return "";
    }

    private static Task<NextItem<int, int>?> Next(int cursor, int count) => Task.FromResult(cursor < count ? new NextItem<int, int>(cursor, cursor + 1) : null);
}
