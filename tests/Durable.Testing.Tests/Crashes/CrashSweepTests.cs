using Durable.TestKit.Codecs;
using Durable.Testing.Crashes;
using Durable.Testing.Tests.Crashes.Swept;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Durable.Testing.Tests.Crashes;

public sealed class CrashSweepTests(ITestOutputHelper output)
{
    [Fact]
    public void A_sequential_run_survives_a_crash_at_every_point()
    {
        var report = CrashSweep.Run(TenSteps.RunCall(3), () => new Ledger(), Configure, ledger => Assert.Equal(10, ledger.Charges));

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        // Create, claim, ten steps of four points, the outcome.
        Assert.Equal(2 + 1 + (10 * 4) + 2, report.Points.Count);
        Assert.Equal(report.Points.Count, report.Crashes);
        Assert.Equal("148", Assert.Single(report.Outcomes).Result);
        Assert.All(report.Outcomes[0].Bodies, body => Assert.Equal(1, body.Value));
    }

    [Fact]
    public void A_second_crash_strikes_at_every_point_of_the_recovery()
    {
        var report = CrashSweep.Run(TenSteps.RunCall(3), () => new Ledger(), Configure, ledger => Assert.Equal(10, ledger.Charges), new CrashOptions { Crashes = 2 });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.InRange(report.Crashes, report.Points.Count * report.Points.Count / 2, report.Points.Count * report.Points.Count);
    }

    [Fact]
    public void Several_runs_at_once_survive_a_crash_at_every_point()
    {
        var report = CrashSweep.Run([TenSteps.RunCall(1), TenSteps.RunCall(2), Branches.RunCall()], Configure);

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Contains(CrashPoint.Parse("inside body run-2/Add[3]"), report.Points);
        Assert.Equal(3, report.Outcomes.Count);
    }

    [Fact]
    public void Parallel_branches_survive_two_crashes()
    {
        var report = CrashSweep.Run(Branches.RunCall(), Configure, new CrashOptions { Crashes = 2 });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal("\"11 22 33 tortoise\"", report.Outcomes[0].Result);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Parallel_branches_survive_crashes_in_whatever_order_they_complete(int seed)
    {
        var report = CrashSweep.Run([Branches.RunCall(), Branches.RunCall()], Configure, new CrashOptions { Seed = seed });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
    }

    [Theory, InlineData(null), InlineData(1), InlineData(2), InlineData(3)]
    public void Attempts_of_every_kind_in_parallel_branches_survive_a_crash_at_every_point(int? seed)
    {
        var report = CrashSweep.Run(Entangled.RunCall(), Configure, new CrashOptions { Seed = seed, CompareResults = false });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Contains(CrashPoint.Parse("inside body /left/Once[c]"), report.Points);
        Assert.Equal("\"a b c each d refused e shipped\"", Assert.Single(report.Outcomes).Result);
    }

    [Theory, InlineData(null, 1), InlineData(1, 1), InlineData(2, 1), InlineData(3, 1), InlineData(4, 1), InlineData(5, 1), InlineData(6, 2)]
    public void Maps_that_end_early_survive_a_crash_at_every_point(int? seed, int crashes)
    {
        var report = CrashSweep.Run(Mapped.RunCall(), Configure, new CrashOptions { Seed = seed, Crashes = crashes, CompareResults = false });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal("\"MinSuccessfulReached Failed 5 6\"", Assert.Single(report.Outcomes).Result);
    }

    [Fact]
    public void Bodies_that_wait_for_threads_and_for_the_clock_are_waited_for()
    {
        var report = CrashSweep.Run(Threads.RunCall(), Configure);

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal("7", report.Outcomes[0].Result);
    }

    [Fact]
    public void Steps_that_are_executed_by_hand_survive_two_crashes()
    {
        var report = CrashSweep.Run(ByHand.RunCall(), () => new Ledger(), Configure, ledger => Assert.Equal(2, ledger.Charges), new CrashOptions { Crashes = 2 });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Contains(CrashPoint.Parse("inside body /charge[card-1]"), report.Points);
        Assert.Equal("\"refused 21\"", Assert.Single(report.Outcomes).Result);
    }

    [Fact]
    public void A_failure_is_an_outcome_like_any_other()
    {
        var report = CrashSweep.Run(Repaired.RunCall(), () => new Ledger { Deployed = -100 }, Configure);

        report.ThrowIfFailed();
        Assert.Equal(RunStatus.Failed, report.Outcomes[0].Status);
        Assert.True(report.Outcomes[0].Error!.IsCausedBy<InvalidOperationException>());
    }

    [Fact]
    public void A_run_that_failed_is_resumed_through_crashes()
    {
        var report = CrashSweep.Run(Repaired.RunCall(), () => new Ledger(), Configure, check: null, new CrashOptions { Crashes = 2, Resumes = 1 });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal("\"1 refused 1 2\"", report.Outcomes[0].Result);
        Assert.Contains(CrashPoint.Parse("after resume 1"), report.Points);
        Assert.Contains(CrashPoint.Parse("inside body /Deliver (2)"), report.Points);
    }

    [Fact]
    public void A_payload_codec_is_no_difference_between_executions()
    {
        var executions = (byte)0;
        var report = CrashSweep.Run(Repaired.RunCall(), durable => Configure(durable.UsePayloadCodec(new SealCodec(executions++))));

        report.ThrowIfFailed();
        Assert.NotEmpty(report.Points);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Attempts_survive_crashes_at_every_point(int crashes)
    {
        var report = CrashSweep.Run(Retried.RunCall(), durable => durable.AddWorkflows(), new CrashOptions { Crashes = crashes, CompareResults = false });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal("\"charged mailed notified shipped\"", report.Outcomes[0].Result);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void An_answer_to_Patched_survives_crashes_at_every_point_each_of_which_brings_another_build(int crashes)
    {
        var report = CrashSweep.Run(
            Patched.RunCall(), () => new Ledger(), static (durable, ledger) => durable.AddWorkflows().Configure(options => options.BuildId = $"build-{ledger.Deployed}").Services.AddSingleton(ledger), null, new CrashOptions { Crashes = crashes });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal("\"new first, new second\"", report.Outcomes[0].Result);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Undoing_survives_crashes_at_every_point(int crashes)
    {
        var report = CrashSweep.Run(Undone.RunCall(), durable => durable.AddWorkflows(), new CrashOptions { Crashes = crashes });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal(RunStatus.Failed, report.Outcomes[0].Status);
        Assert.Equal("no car", report.Outcomes[0].Error!.Inner!.Message);
        Assert.Contains(CrashPoint.Parse("inside body /cancel flight/Cancel[flight]"), report.Points);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_cancellation_survives_crashes_at_every_point(int crashes)
    {
        var report = CrashSweep.Run(Canceled.RunCall(), () => new Canceled.World(), static (durable, world) => durable.AddWorkflows().Services.AddSingleton(world), static world =>
        {
            // A crash between the body and its outcome lets it run again; what was given back is what was taken.
            Assert.InRange(world.Taken, 1, 3);
            Assert.InRange(world.GivenBack, 1, 3);
            Assert.Equal(0, world.WentOn);
        }, new CrashOptions { Crashes = crashes });

        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        Assert.Equal((RunStatus.Canceled, "by itself"), (report.Outcomes[0].Status, report.Outcomes[0].Error!.Message));
        Assert.True(report.Crashes >= report.Points.Count - report.NotReached, report.ToString());
    }

    private static void Configure(DurableBuilder durable) => Configure(durable, new Ledger());

    private static void Configure(DurableBuilder durable, Ledger ledger) => durable.AddWorkflows().Services.AddSingleton(ledger);
}
