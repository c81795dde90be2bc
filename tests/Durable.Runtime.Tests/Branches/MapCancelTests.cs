namespace Durable.Runtime.Tests.Branches;

/// <summary>A run that is canceled within a map: that is no failure of a branch.</summary>
public sealed class MapCancelTests : BranchTests
{
    private static readonly string[] s_letters = ["a", "b", "c"];

    [Fact]
    public void A_cancellation_goes_through_the_map_however_many_failures_are_tolerated()
    {
        Hold("a", "b");
        var run = Start(async w => Text(await w.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MaxConcurrency = 2, ToleratedFailurePercentage = 100 })));
        Cancel(run);
        Assert.Equal("stop", Assert.Throws<RunCanceledException>(() => Result(run)).Reason);
        Assert.Equal(["a", "b"], Bodies);
    }

    [Fact]
    public void What_is_under_way_is_waited_for_and_can_be_undone()
    {
        Hold("a");
        HoldDeaf("b");
        var run = Start(async w => Text(await w.MapAsync(s_letters[..2], x => x, async (inner, x) =>
        {
            await Work(x);
            inner.Compensate($"undo {x}", _ => Work($"{x} undone"));
        })));
        Cancel(run);
        Release("b");
        Assert.Throws<RunCanceledException>(() => Result(run));
        Assert.Equal(["a", "b", "b undone"], Bodies);
    }

    [Fact]
    public void A_branch_that_turns_the_cancellation_into_an_error_of_its_own_abandons_none()
    {
        Hold("a");
        HoldDeaf("b");
        var run = Start(async w => Text(await w.MapAsync(s_letters[..2], x => x, async (inner, x) =>
        {
            try
            {
                await Work(x);
                inner.Compensate($"undo {x}", _ => Work($"{x} undone"));
            }
            catch (RunCanceledException)
            {
                throw new IOException("cut off");
            }
        })));
        Cancel(run);
        Release("b");
        Simulation.Settle();
        Assert.ThrowsAny<Exception>(() => Result(run));
        Assert.Equal(["a", "b", "b undone"], Bodies);
    }

    [Fact]
    public void A_map_that_is_called_after_the_code_was_told_begins_nothing()
    {
        Hold("a");
        var begun = 0;
        var run = Start(async w =>
        {
            try
            {
                await Work("a");
            }
            catch (RunCanceledException)
            {
            }

            return await Outcome(w.MapAsync(s_letters, x => x, (_, _) =>
            {
                begun++;
                return Task.CompletedTask;
            }));
        });
        Cancel(run);
        Assert.Throws<RunCanceledException>(() => Result(run));
        Assert.Equal(0, begun);
    }

    [Fact]
    public void A_map_in_a_shield_goes_on()
    {
        Hold("a");
        var run = Start(w => w.Shield("safe", inner => Outcome(inner.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MaxConcurrency = 1 }))));
        Cancel(run);
        Release("a");
        Assert.Throws<RunCanceledException>(() => Result(run));
        Assert.Equal(["a", "b", "c"], Bodies);
    }

    [Fact]
    public void A_run_that_was_canceled_within_a_map_and_is_resumed_goes_on_with_it()
    {
        Hold("b");
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MaxConcurrency = 2 })));
        Cancel(run);
        Assert.Throws<RunCanceledException>(() => Result(run));
        Release("b");
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("AllCompleted: a+ b+ c+", Result(run));
    }

    private void Cancel(RunHandle run)
    {
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
    }
}
