using Durable.TestKit.Processes;
using Durable.Testing.Crashes;
using Xunit.Abstractions;

namespace Durable.Crash.Tests;

/// <summary>
/// Runs a workflow once undisturbed in a process of its own and takes down every point where it could have died. Then kills a process at each of them, lets a second one finish, and compares.
/// </summary>
public abstract class KillSweep(string workflow, long value, bool isSequential, ITestOutputHelper output)
{
    // Each pair of processes is on its own; most of their time goes into starting.
    private const int AtOnce = 2;

    [Fact]
    public async Task A_kill_at_any_point_loses_nothing_and_repeats_at_most_what_was_in_flight()
    {
        using var undisturbed = new CrashTarget(workflow);
        var result = (await undisturbed.RunAsync()).Expect(0);
        var expected = new Undisturbed(Assert.Single(CrashTarget.ReadOutcomes(result)), undisturbed.ReadTrace(), CrashTarget.ReadPoints(result));
        Assert.Equal(value, expected.Outcome.Value);
        Assert.Contains(new CrashPoint(CrashMoment.AfterCommit, 2), expected.Points);

        var notReached = 0;
        await Parallel.ForEachAsync(expected.Points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            if (!await SurvivesAsync(point, expected))
                Interlocked.Increment(ref notReached);
        });

        output.WriteLine($"{expected.Points.Count} points, {notReached} not reached");
        // Where branches race, what they complete together may share a commit one time and not another.
        Assert.InRange(notReached, 0, isSequential ? 0 : expected.Points.Count / 4);
    }

    // False when this execution never came to the point.
    private async Task<bool> SurvivesAsync(CrashPoint point, Undisturbed expected)
    {
        using var target = new CrashTarget(workflow);
        var first = await target.RunAsync(point.ToString());
        if (!isSequential && CrashTarget.ReadOutcomes(first).Count > 0)
            return false;
        try
        {
            first.Expect(ChildResult.Killed);
            var before = target.ReadTrace();
            var outcome = Assert.Single(CrashTarget.ReadOutcomes((await target.RunAsync()).Expect(0)));
            Compare(point, expected, before, target.ReadTrace(), outcome);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{workflow}, killed {point}: {failure.Message}", failure);
        }

        return true;
    }

    private void Compare(CrashPoint point, Undisturbed expected, Trace before, Trace all, Outcome outcome)
    {
        // The result is that of an undisturbed run, and the workflow code saw what the last execution of each body returned: none ran after its commit.
        Assert.Equal(expected.Outcome.Value, outcome.Value);
        Assert.Equal(expected.Outcome.Proofs.Count, outcome.Proofs.Distinct().Count());
        Assert.All(outcome.Proofs, proof => Assert.Contains(proof, all.LastProofs));

        // The bodies are those of an undisturbed run, and what was in flight once more.
        Assert.Equal(Steps(expected.Trace).Distinct().Order(), Steps(all).Distinct().Order());
        Assert.InRange(all.Bodies.Count - expected.Trace.Bodies.Count, 0, before.Bodies.Count - before.Outcomes);
        Assert.InRange(all.Attempts.Count, expected.Trace.Attempts.Count - 1, expected.Trace.Attempts.Count);
        if (isSequential)
            Assert.Equal(expected.Points.TakeWhile(p => p != point).Append(point).Count(p => p.Moment == CrashMoment.AfterCommit), before.Commits);
    }

    private static IEnumerable<string> Steps(Trace trace) => trace.Bodies.Select(body => body.Step);

    private sealed record Undisturbed(Outcome Outcome, Trace Trace, IReadOnlyList<CrashPoint> Points);
}
