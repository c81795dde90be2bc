using Durable.Testing.Crashes;
using Durable.Testing.Tests.Crashes.Swept;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Durable.Testing.Tests.Crashes;

/// <summary>Crashes around everything that a run waits for without a body.</summary>
public sealed class WaitSweepTests(ITestOutputHelper output)
{
    [Theory, InlineData(1, null), InlineData(2, null), InlineData(1, 1), InlineData(1, 2), InlineData(1, 3)]
    public void Sleeps_survive_crashes_at_every_point(int crashes, int? seed)
    {
        var report = Sweep([Sleeping.RunCall()], charges: 2, new CrashOptions { Crashes = crashes, Seed = seed });
        Assert.Equal("\"soon\"", report.Outcomes[0].Result);
    }

    // Before the run listens, while it does, and long after.
    [Theory, InlineData(60, 1, 1), InlineData(0, 0, 1), InlineData(0, 60, 1), InlineData(1, 60, 2)]
    public void Signals_are_taken_once_and_in_order_whatever_crashes(int listensAfter, int sendsAfter, int crashes)
    {
        var report = Sweep([Signaled.RunCall(listensAfter), Sending.RunCall("run-1", sendsAfter)], charges: 1, new CrashOptions { Crashes = crashes });
        Assert.Equal("\"one two nothing\"", report.Outcomes[0].Result);
    }

    [Theory, InlineData(60, 1), InlineData(0, 60)]
    public void Signals_that_a_run_sends_durably_are_sent_once_whatever_crashes(int listensAfter, int sendsAfter)
    {
        var report = Sweep([Signaled.RunCall(listensAfter), SendingDurably.RunCall("run-1", sendsAfter)], charges: 1, new CrashOptions());
        Assert.Equal("\"one two nothing\"", report.Outcomes[0].Result);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Requests_are_asked_and_answered_once_whatever_crashes(int crashes)
    {
        var report = Sweep([Asking.RunCall(), Answering.RunCall()], charges: 1, new CrashOptions { Crashes = crashes });
        Assert.Equal("\"granted, no rating\"", report.Outcomes[0].Result);
    }

    [Fact]
    public void Children_are_started_once_and_end_once_whatever_crashes()
    {
        var report = Sweep([Family.RunCall()], charges: 7, new CrashOptions());
        Assert.Equal("\"66\"", report.Outcomes[0].Result);
    }

    private CrashReport Sweep(IReadOnlyList<WorkflowCall> calls, int charges, CrashOptions options)
    {
        var report = CrashSweep.Run(calls, static () => new Ledger(), static (durable, ledger) => durable.AddWorkflows().Services.AddSingleton(ledger), ledger => Assert.Equal(charges, ledger.Charges), options);
        output.WriteLine(report.ToString());
        report.ThrowIfFailed();
        return report;
    }
}
