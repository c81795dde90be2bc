using Durable.TestKit.Processes;

namespace Durable.Crash.Tests;

/// <summary>A body that kills its process each time, and the runs that shared the process with it.</summary>
public sealed class PoisonedTests
{
    private const int Runs = 5;
    private const int Limit = 10;
    private const string Killer = "run-1";

    [Fact]
    public async Task A_run_that_kills_its_process_each_time_is_quarantined_and_those_beside_it_complete()
    {
        using var target = new CrashTarget("Poisoned", Runs);
        for (var death = 1; death <= Limit; death++)
            (await target.RunAsync()).Expect(ChildResult.Killed);
        var result = (await target.RunAsync()).Expect(0);

        Assert.Contains($"quarantined {Killer}: 10 times in a row", result.Output);
        Assert.Equal([6, 8, 10, 12], CrashTarget.ReadOutcomes(result).Select(outcome => outcome.Value));
        var work = target.ReadTrace().Bodies.Where(body => body.Step.StartsWith("/Work", StringComparison.Ordinal)).ToLookup(body => body.Run);
        Assert.Equal(Limit, work[Killer].Count());
        // Three deaths that they shared, and one execution without it.
        Assert.All(work.Where(run => run.Key != Killer), run => Assert.Equal(4, run.Count()));
        // From then on it was alone whenever it executed.
        var shared = work[Killer].Take(3).Select(body => body.Process).ToList();
        var company = work.Where(run => run.Key != Killer).SelectMany(run => run).Where(body => !shared.Contains(body.Process)).Select(body => body.Process).ToHashSet();
        Assert.Equal(Runs - 1, work.Where(run => run.Key != Killer).SelectMany(run => run).Count(body => company.Contains(body.Process)));

        var mended = (await target.RunAsync("mended")).Expect(0);
        Assert.Equal([4, 6, 8, 10, 12], CrashTarget.ReadOutcomes(mended).Select(outcome => outcome.Value));
        Assert.Equal(Limit + 1, target.ReadTrace().Bodies.Count(body => body.Run == Killer && body.Step != "/Before"));
    }
}
