namespace Durable.Runtime.Tests.Waiting;

/// <summary>Waiting until something has come about, by looking.</summary>
public sealed class PollTests : WaitingTests
{
    private int _checks;

    [Fact]
    public void A_run_looks_until_a_check_says_yes()
    {
        var run = Start(w => w.WaitUntilAsync("ready", Check(4), new PollStrategy { Interval = TimeSpan.FromMinutes(1) }));
        Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((RunStatus.Suspended, 3), (Info(run).Status, _checks));
        Advance(TimeSpan.FromMinutes(1));
        Assert.True(Result(run));
        Assert.Equal(4, _checks);
    }

    [Fact]
    public void What_a_check_finds_is_what_the_code_gets()
    {
        var run = Start(async w => (await w.WaitUntilAsync("ready", async poll => await poll.StepAsync("check", _ => Task.FromResult(++_checks)), found => found == 3, new PollStrategy { Interval = TimeSpan.FromMinutes(1) })).Value);
        Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(3, Result(run));
    }

    [Fact]
    public void The_last_check_is_made_when_the_time_is_over()
    {
        var run = Start(w => w.WaitUntilAsync("ready", Check(100), new PollStrategy { Interval = TimeSpan.FromMinutes(4), Timeout = TimeSpan.FromMinutes(10) }));
        Advance(TimeSpan.FromMinutes(10));
        Assert.False(Result(run));
        Assert.Equal(4, _checks);
    }

    [Fact]
    public void Checks_leave_nothing_behind()
    {
        var run = Start(w => w.WaitUntilAsync("ready", Check(30), new PollStrategy { Interval = TimeSpan.FromSeconds(1) }));
        Advance(TimeSpan.FromSeconds(30));
        Result(run);
        Assert.Equal(2, Checkpoints(run).Count);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(4, 60)]
    public void Each_wait_is_as_many_times_as_long_up_to_the_longest(int checks, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), new PollStrategy { Interval = TimeSpan.FromSeconds(10), BackoffRate = 2, MaxInterval = TimeSpan.FromMinutes(1) }.DelayAfter(checks));

    [Fact]
    public void A_strategy_that_makes_no_sense_is_refused()
    {
        var run = Start(async w => await Record.ExceptionAsync(() => w.WaitUntilAsync("ready", Check(1), new PollStrategy { Interval = TimeSpan.Zero })) is ArgumentException);
        Assert.True(Result(run));
    }

    private Func<WorkflowContext, Task<bool>> Check(int yesAt) => poll => poll.StepAsync("check", _ => Task.FromResult(++_checks >= yesAt));
}
