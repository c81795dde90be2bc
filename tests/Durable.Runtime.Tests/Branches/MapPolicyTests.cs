using Durable.Execution.Branches;

namespace Durable.Runtime.Tests.Branches;

/// <summary>When a map ends, by how its branches end: <c>+</c> succeeds, <c>-</c> fails.</summary>
public sealed class MapPolicyTests
{
    [Theory]
    [InlineData(4, "+", null)]
    [InlineData(4, "+-", MapEnd.FailureToleranceExceeded)]
    [InlineData(1, "-", MapEnd.FailureToleranceExceeded)]
    public void Without_options_the_first_failure_ends_it(int total, string ends, MapEnd? expected) => Check(total, new MapOptions(), ends, expected);

    [Theory]
    [InlineData(4, "--", null)]
    [InlineData(4, "---", MapEnd.FailureToleranceExceeded)]
    public void One_failure_more_than_tolerated_ends_it(int total, string ends, MapEnd? expected) => Check(total, new MapOptions { ToleratedFailures = 2 }, ends, expected);

    [Theory]
    [InlineData(30, 10, "---", null)]
    [InlineData(30, 10, "----", MapEnd.FailureToleranceExceeded)]
    [InlineData(29, 10, "---", MapEnd.FailureToleranceExceeded)]
    [InlineData(4, 0, "-", MapEnd.FailureToleranceExceeded)]
    [InlineData(4, 100, "----", null)]
    [InlineData(10, 33.3, "---", null)]
    [InlineData(10, 33.3, "----", MapEnd.FailureToleranceExceeded)]
    public void A_percentage_is_of_all_branches(int total, double percentage, string ends, MapEnd? expected) => Check(total, new MapOptions { ToleratedFailurePercentage = percentage }, ends, expected);

    [Fact]
    public void A_third_of_a_thousand_in_decimals_is_exact()
        => Check(1000, new MapOptions { ToleratedFailurePercentage = 33.3 }, new string('-', 333), null);

    [Theory]
    [InlineData(4, "+", null)]
    [InlineData(4, "+--", MapEnd.FailureToleranceExceeded + 0, 3)]
    [InlineData(4, "--+", null)]
    [InlineData(4, "++", MapEnd.MinSuccessfulReached)]
    [InlineData(4, "-+-+", MapEnd.MinSuccessfulReached)]
    [InlineData(4, "---", MapEnd.FailureToleranceExceeded)]
    public void It_ends_when_enough_have_succeeded_and_when_they_no_longer_can(int total, string ends, MapEnd? expected, int least = 2) => Check(total, new MapOptions { MinSuccessful = least }, ends, expected);

    [Theory]
    [InlineData("-+", null)]
    [InlineData("--", MapEnd.FailureToleranceExceeded)]
    [InlineData("-++", MapEnd.MinSuccessfulReached)]
    public void The_first_rule_that_applies_ends_it(string ends, MapEnd? expected) => Check(5, new MapOptions { MinSuccessful = 2, ToleratedFailures = 1 }, ends, expected);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_minimum_that_cannot_be_reached_is_refused(int least) => Assert.ThrowsAny<ArgumentException>(() => new BranchPolicy(3, new MapOptions { MinSuccessful = least }));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void A_percentage_that_is_none_is_refused(double percentage) => Assert.ThrowsAny<ArgumentException>(() => new BranchPolicy(3, new MapOptions { ToleratedFailurePercentage = percentage }));

    [Fact]
    public void A_concurrency_of_none_is_refused()
        => Assert.ThrowsAny<ArgumentException>(() => new BranchPlan("map", [], new MapOptions { MaxConcurrency = 0 }, (_, _) => Task.CompletedTask));

    [Fact]
    public void A_negative_tolerance_is_refused() => Assert.ThrowsAny<ArgumentException>(() => new BranchPolicy(3, new MapOptions { ToleratedFailures = -1 }));

    private static void Check(int total, MapOptions options, string ends, MapEnd? expected)
    {
        var policy = new BranchPolicy(total, options);
        for (var i = 0; i < ends.Length; i++)
        {
            Assert.False(policy.IsDecided, $"Decided before the end number {i}.");
            if (ends[i] == '+')
                policy.Succeeded();
            else
                policy.Failed(i);
        }

        Assert.Equal(expected, policy.IsDecided ? policy.End : null);
    }
}
