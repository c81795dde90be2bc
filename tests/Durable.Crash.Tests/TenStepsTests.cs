namespace Durable.Crash.Tests;

public sealed class TenStepsTests() : CrashSweep("TenSteps", s_steps, Value)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1.</summary>
    private const long Value = 54619;

    private static readonly string[] s_steps = ["/One", "/Two", "/Three", "/Four", "/Five", "/Six", "/Seven", "/Eight", "/Nine", "/Ten"];

    public static TheoryData<int> Each => [.. Enumerable.Range(1, s_steps.Length)];

    [Theory]
    [InlineData("BeforeCreate:1")]
    [InlineData("AfterCreate:1")]
    [InlineData("BeforeClaim:1")]
    [InlineData("AfterClaim:1")]
    public Task A_kill_around_create_and_claim_loses_nothing(string boundary) => KilledBeforeTheFirstStepAsync(boundary);

    [Theory, MemberData(nameof(Each))]
    public Task A_kill_inside_a_body_repeats_that_body_only(int step) => KilledBeforeCommitAsync($"InBody:{step}", step);

    [Theory, MemberData(nameof(Each))]
    public Task A_kill_before_a_commit_repeats_that_body_only(int step) => KilledBeforeCommitAsync($"BeforeCommit:{step}", step);

    [Theory, MemberData(nameof(Each))]
    public Task A_kill_after_a_commit_repeats_nothing(int step) => KilledAfterCommitAsync($"AfterCommit:{step}", step);

    [Theory]
    [InlineData("BeforeCommit:11")]
    [InlineData("AfterCommit:11")]
    public Task A_kill_around_the_commit_of_the_outcome_repeats_nothing(string boundary) => KilledAfterCommitAsync(boundary, s_steps.Length);
}
