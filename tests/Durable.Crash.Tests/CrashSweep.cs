using Durable.TestKit.Processes;

namespace Durable.Crash.Tests;

/// <summary>Kills a process at one boundary of one workflow, lets a second one finish, and compares with a run that nobody disturbed.</summary>
public abstract class CrashSweep(string workflow, IReadOnlyList<string> steps, long value)
{
    /// <summary>A crash before anything is committed: every body runs in the second process.</summary>
    private protected Task KilledBeforeTheFirstStepAsync(string boundary) => KilledAsync(boundary, committed: 0, repeated: false);

    /// <summary>A crash while the n-th body runs, or before its outcome is committed: only that body runs again.</summary>
    private protected Task KilledBeforeCommitAsync(string boundary, int step) => KilledAsync(boundary, committed: step - 1, repeated: true);

    /// <summary>A crash after n outcomes are committed: no body runs again.</summary>
    private protected Task KilledAfterCommitAsync(string boundary, int step) => KilledAsync(boundary, committed: step, repeated: false);

    private async Task KilledAsync(string boundary, int committed, bool repeated)
    {
        using var target = new CrashTarget(workflow);
        (await target.RunAsync(boundary)).Expect(ChildResult.Killed);
        var first = target.ReadTrace();
        var outcome = Assert.Single(CrashTarget.ReadOutcomes((await target.RunAsync()).Expect(0)));
        var all = target.ReadTrace();

        // Raw traces: the first process stopped where it was told to, the second began where the commits end.
        Assert.Equal(steps.Take(committed + (repeated ? 1 : 0)), first.Select(body => body.Step));
        Assert.Equal(steps.Skip(committed), all.Skip(first.Count).Select(body => body.Step));

        // The result is that of an undisturbed run, and the workflow code saw what was committed and nothing else.
        Assert.Equal(value, outcome.Value);
        Assert.Equal([.. first.Take(committed).Concat(all.Skip(first.Count)).Select(body => body.Proof)], outcome.Proofs);
        Assert.All(all.GroupBy(body => body.Step), step => Assert.Single(step.Select(body => body.Token).Distinct()));
    }
}
