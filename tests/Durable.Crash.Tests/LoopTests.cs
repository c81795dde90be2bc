namespace Durable.Crash.Tests;

public sealed class LoopTests() : CrashSweep("Loop", s_steps, Value)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1.</summary>
    private const long Value = 404654;

    private static readonly string[] s_steps =
        [.. Enumerable.Range(0, 10).SelectMany(turn => new[] { $"/Keyed[{turn}]", turn == 0 ? "/Unkeyed" : $"/Unkeyed#{turn}" })];

    public static TheoryData<int> Each => [.. Enumerable.Range(1, s_steps.Length)];

    [Theory, MemberData(nameof(Each))]
    public Task A_kill_before_a_commit_repeats_that_body_only(int step) => KilledBeforeCommitAsync($"BeforeCommit:{step}", step);

    [Theory, MemberData(nameof(Each))]
    public Task A_kill_after_a_commit_repeats_nothing(int step) => KilledAfterCommitAsync($"AfterCommit:{step}", step);

    [Theory]
    [InlineData("BeforeCommit:21")]
    [InlineData("AfterCommit:21")]
    public Task A_kill_around_the_commit_of_the_outcome_repeats_nothing(string boundary) => KilledAfterCommitAsync(boundary, s_steps.Length);
}
