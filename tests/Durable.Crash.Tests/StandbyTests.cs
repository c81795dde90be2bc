using Durable.TestKit.Processes;

namespace Durable.Crash.Tests;

public sealed class StandbyTests
{
    private const int Runs = 20;

    [Fact]
    public async Task A_second_process_stands_by_and_finishes_the_runs_after_a_kill_of_the_first()
    {
        using var target = new CrashTarget("TenSteps", Runs);
        using var first = target.Start("hold:/Five");
        for (var run = 1; run <= Runs; run++)
            await first.WaitForLineAsync($"holding run-{run}");
        using var second = target.Start();
        await second.WaitForLineAsync("standing by");
        Assert.False(second.HasPrinted("working"));
        var before = target.ReadTrace().Bodies;

        first.Kill();
        await second.WaitForLineAsync("working");
        var result = (await second.WaitAsync()).Expect(0);

        Assert.Equal(Runs, CrashTarget.ReadOutcomes(result).Count);
        Assert.All(before, body => Assert.Equal(first.Id, body.Process));
        var after = target.ReadTrace().Bodies.Skip(before.Count).ToList();
        Assert.All(after, body => Assert.Equal(second.Id, body.Process));
        Assert.All(before.GroupBy(body => body.Run), run => Assert.Equal(["/One", "/Two", "/Three", "/Four", "/Five"], run.Select(body => body.Step)));
        Assert.All(after.GroupBy(body => body.Run), run => Assert.Equal(["/Five", "/Six", "/Seven", "/Eight", "/Nine", "/Ten"], run.Select(body => body.Step)));
        Assert.Equal(Runs, after.Select(body => body.Run).Distinct().Count());
    }
}
