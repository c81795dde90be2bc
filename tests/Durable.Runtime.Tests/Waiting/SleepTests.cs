namespace Durable.Runtime.Tests.Waiting;

/// <summary>Durable sleep.</summary>
public sealed class SleepTests : WaitingTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_run_goes_on_when_it_has_slept_and_not_before()
    {
        var run = Start(async w =>
        {
            await w.SleepAsync(TimeSpan.FromHours(1));
            return await StepAsync("Mail");
        });
        Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(Bodies);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Mail done", Result(run));
    }

    [Fact]
    public void A_sleeping_run_is_suspended_until_its_time()
    {
        var end = Now + s_long;
        var run = Start(async w =>
        {
            await w.SleepAsync(s_long);
            return "";
        });
        Assert.Equal((RunStatus.Suspended, end), (Info(run).Status, Info(run).WakesAt));
    }

    [Fact]
    public void A_sleep_of_sixty_days_overflows_nothing()
    {
        var workflow = Define(async w =>
        {
            await w.SleepAsync(TimeSpan.FromDays(60));
            return "slept";
        });
        var host = Simulation.Start(workflow, options => options.PollInterval = TimeSpan.FromMinutes(1));
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Advance(TimeSpan.FromDays(60) - TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("slept", Result(run));
    }

    [Fact]
    public void The_longest_time_there_is_can_be_slept_for()
    {
        var run = Start(async w =>
        {
            await w.SleepAsync(TimeSpan.MaxValue);
            return "";
        });
        Assert.Equal((RunStatus.Suspended, DateTimeOffset.MaxValue), (Info(run).Status, Info(run).WakesAt));
    }

    [Fact]
    public void A_crash_does_not_move_the_end_of_a_sleep()
    {
        var workflow = Define(async w =>
        {
            await w.SleepAsync(TimeSpan.FromHours(1));
            return await StepAsync("Mail");
        });
        var first = Simulation.Start(workflow);
        var run = Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(first);
        Advance(TimeSpan.FromMinutes(40));
        Simulation.Start(workflow);
        Advance(TimeSpan.FromMinutes(19));
        Assert.Empty(Bodies);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["Mail"], Bodies);
    }

    [Fact]
    public void A_short_sleep_survives_a_crash_as_well()
    {
        var workflow = Define(async w =>
        {
            await w.SleepAsync(TimeSpan.FromSeconds(8));
            return await StepAsync("Mail");
        });
        var first = Simulation.Start(workflow);
        Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Advance(TimeSpan.FromSeconds(2));
        Simulation.Kill(first);
        Simulation.Start(workflow);
        Simulation.PassLeases();
        Assert.Equal(["Mail"], Bodies);
        Assert.Equal(2, Simulation.Store.Commits.SelectMany(commit => commit.Checkpoints).Count(checkpoint => checkpoint.StepId == "/sleep"));
    }

    [Fact]
    public void A_sleep_until_a_time_ends_no_earlier()
    {
        var until = Now + s_long;
        var run = Start(async w =>
        {
            await w.SleepUntilAsync(until);
            return w.UtcNow >= until;
        });
        Advance(s_long - TimeSpan.FromSeconds(1));
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Advance(TimeSpan.FromSeconds(1));
        Assert.True(Result(run));
    }

    [Fact]
    public void A_sleep_until_a_time_that_has_passed_ends_at_once()
        => Assert.Equal("on", Result(Start(async w =>
        {
            await w.SleepUntilAsync(Now - s_long);
            return "on";
        })));

    [Fact]
    public void A_sleep_of_no_time_is_a_checkpoint_all_the_same()
    {
        var run = Start(async w =>
        {
            await w.SleepAsync(TimeSpan.Zero, "pause");
            return "";
        });
        Result(run);
        Assert.Equal([("/pause", CheckpointKind.WaitStarted), ("/pause", CheckpointKind.Sleep)], Checkpoints(run).Select(checkpoint => (checkpoint.StepId, checkpoint.Kind)));
    }

    [Fact]
    public void A_sleep_of_less_than_no_time_is_refused()
    {
        var run = Start(async w =>
        {
            var refusal = await Record.ExceptionAsync(() => w.SleepAsync(TimeSpan.FromTicks(-1)));
            return refusal!.Message;
        });
        Assert.Contains("less than no time", Result(run));
    }

    [Fact]
    public void The_shorter_of_two_sleeps_wins_and_the_run_ends_with_it()
    {
        var run = Start(async w =>
        {
            var (soon, late) = (w.SleepAsync(TimeSpan.FromSeconds(1), "soon"), w.SleepAsync(TimeSpan.FromSeconds(10), "late"));
            return await Task.WhenAny(soon, late) == soon ? "soon" : "late";
        });
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("soon", Result(run));
    }

    [Fact]
    public void Of_two_sleeps_that_ended_while_nobody_worked_the_shorter_wins()
    {
        var workflow = Define(async w =>
        {
            var (late, soon) = (w.SleepAsync(TimeSpan.FromMinutes(40), "late"), w.SleepAsync(TimeSpan.FromMinutes(10), "soon"));
            return await Task.WhenAny(late, soon) == soon ? "soon" : "late";
        });
        var first = Simulation.Start(workflow);
        var run = Simulation.Run(() => first.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(first);
        Advance(s_long);
        var second = Simulation.Start(workflow);
        Assert.Equal("soon", Simulation.Run(() => second.Client.GetRun<string>("run").GetResultAsync()));
    }

    [Fact]
    public void A_body_beside_a_shorter_sleep_runs_once_and_keeps_its_token()
    {
        var wasCanceled = false;
        var run = Start(async w =>
        {
            var step = StepAsync("Import", async context =>
            {
                await Gate.PassAsync();
                wasCanceled = context.CancellationToken.IsCancellationRequested;
            });
            await Task.WhenAll(step, w.SleepAsync(TimeSpan.FromSeconds(1)));
            return await step;
        });
        Advance(TimeSpan.FromSeconds(3));
        Gate.Open();
        Assert.Equal("Import done", Result(run));
        Assert.Equal((1, false), (Bodies.Count, wasCanceled));
    }

    [Fact]
    public void A_body_beside_a_long_sleep_keeps_the_run_in_memory()
    {
        var run = Start(async w =>
        {
            var step = StepAsync("Import", _ => Gate.PassAsync());
            await Task.WhenAll(step, w.SleepAsync(s_long));
            return await step;
        });
        Assert.Equal(RunStatus.Running, Info(run).Status);
        Gate.Open();
        Simulation.Settle();
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Advance(s_long);
        Assert.Equal("Import done", Result(run));
        Assert.Equal(["Import"], Bodies);
    }

    [Fact]
    public void Nothing_is_unwound_when_a_run_is_suspended()
    {
        var unwound = new List<string>();
        var run = Start(async w =>
        {
            try
            {
                await w.SleepAsync(s_long);
            }
            catch (Exception exception)
            {
                unwound.Add(exception.GetType().Name);
                throw;
            }
            finally
            {
                unwound.Add("finally");
            }

            return "";
        });
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Assert.Empty(unwound);
        Advance(s_long);
        Assert.Equal(["finally"], unwound);
    }

    [Fact]
    public void The_time_that_the_code_reads_has_passed_although_the_clock_was_set_back()
    {
        var start = Now;
        var run = Start(async w =>
        {
            await w.SleepAsync(TimeSpan.FromSeconds(5));
            return w.UtcNow;
        });
        Advance(TimeSpan.FromSeconds(5));
        Assert.True(Result(run) >= start + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_canceled_run_no_longer_sleeps()
    {
        var run = Start(async w =>
        {
            await w.SleepAsync(s_long);
            return "";
        });
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Equal("enough", Assert.Throws<RunCanceledException>(() => Result(run)).Reason);
    }

    [Fact]
    public void A_sleep_in_a_shield_goes_on_in_a_canceled_run()
    {
        var run = Start(async w =>
        {
            await w.Shield("hand back", async shielded =>
            {
                await shielded.SleepAsync(TimeSpan.FromHours(1));
                await StepAsync("HandBack");
            });
            return "";
        });
        Simulation.Run(() => run.CancelAsync("enough"));
        Simulation.Settle();
        Assert.Empty(Bodies);
        Advance(TimeSpan.FromHours(1));
        Assert.Throws<RunCanceledException>(() => Result(run));
        Assert.Equal(["HandBack"], Bodies);
    }

    [Fact]
    public void A_line_that_is_logged_between_ten_sleeps_is_logged_once()
    {
        var run = Start(async w =>
        {
            for (var i = 0; i < 5; i++)
                await w.SleepAsync(s_minute);
            Microsoft.Extensions.Logging.LoggerExtensions.LogInformation(w.Logger, "half way");
            for (var i = 0; i < 5; i++)
                await w.SleepAsync(s_minute);
            return "";
        });
        for (var i = 0; i < 10; i++)
            Advance(s_minute);
        Result(run);
        Assert.Single(Simulation.Logs.Lines, line => line.Text.Contains("half way"));
    }

    [Fact]
    public void Ten_sleeps_one_after_the_other_take_ten_times_as_minute()
    {
        var run = Start(async w =>
        {
            for (var i = 0; i < 10; i++)
                await w.SleepAsync(s_minute);
            return w.UtcNow;
        }, isSequential: true);
        for (var i = 0; i < 9; i++)
            Advance(s_minute);
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Advance(s_minute);
        Result(run);
    }
}
