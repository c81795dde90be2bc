namespace Durable.Crash.Tests;

/// <summary>SIGTERM, in the midst of a body that does not observe its token.</summary>
public sealed class TerminatedTests
{
    /// <summary>What the arithmetic of the workflow gives for seed 1 when the fifth of five attempts succeeds.</summary>
    private const long Value = 412;

    [Fact]
    public async Task A_process_that_is_asked_to_end_gives_its_run_back_and_burns_no_attempt()
    {
        using var target = new CrashTarget("Retried");
        using var asked = target.Start("hold:/Flaky");
        await asked.WaitForLineAsync("holding run-1");
        asked.AskToEnd();
        (await asked.WaitAsync()).Expect(0);
        Assert.Equal([(asked.Id, "run-1")], target.ReadTrace().Releases);

        var result = (await target.RunAsync()).Expect(0);
        Assert.Equal(Value, Assert.Single(CrashTarget.ReadOutcomes(result)).Value);
        Assert.Equal([1, 2, 3, 4], target.ReadTrace().Attempts.Select(attempt => attempt.Number));
        Assert.Equal(6, target.ReadTrace().Bodies.Count(body => body.Step == "/Flaky"));
    }
}
