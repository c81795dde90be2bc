using Durable.TestKit.Processes;

namespace Durable.Crash.Tests;

public sealed class ConcurrentRunsTests
{
    private const int Runs = 20;

    private static readonly string[] s_steps = ["/One", "/Two", "/Three", "/Four", "/Five", "/Six", "/Seven", "/Eight", "/Nine", "/Ten"];

    [Theory]
    [InlineData("after create 10")]
    [InlineData("before commit 60")]
    [InlineData("after commit 120")]
    [InlineData("inside body run-15/Eight")]
    public async Task A_kill_amid_concurrent_runs_repeats_at_most_the_last_body_of_each(string point)
    {
        using var undisturbed = new CrashTarget("TenSteps", Runs);
        var expected = CrashTarget.ReadOutcomes((await undisturbed.RunAsync()).Expect(0));
        using var target = new CrashTarget("TenSteps", Runs);
        (await target.RunAsync(point)).Expect(ChildResult.Killed);
        var before = target.ReadTrace().Bodies.ToLookup(body => body.Run);
        var outcomes = CrashTarget.ReadOutcomes((await target.RunAsync()).Expect(0));
        var all = target.ReadTrace().Bodies.ToLookup(body => body.Run);

        Assert.Equal(expected.Select(outcome => outcome.Value), outcomes.Select(outcome => outcome.Value));
        Assert.Equal(Runs, outcomes.Count);
        for (var run = 1; run <= Runs; run++)
        {
            var first = before[$"run-{run}"].ToList();
            var second = all[$"run-{run}"].Skip(first.Count).ToList();
            var committed = s_steps.Length - second.Count;
            Assert.InRange(committed, Math.Max(0, first.Count - 1), first.Count);
            Assert.Equal(s_steps.Take(first.Count), first.Select(body => body.Step));
            Assert.Equal(s_steps.Skip(committed), second.Select(body => body.Step));
            Assert.Equal([.. first.Take(committed).Concat(second).Select(body => body.Proof)], outcomes[run - 1].Proofs);
        }
    }
}
