using Durable.Testing.History;
using static Durable.Testing.Tests.History.Story;

namespace Durable.Testing.Tests.History;

/// <summary>What operators decide about steps, and what runs begin with, was written by nobody who held the run.</summary>
public sealed class OperatorTests
{
    private readonly Story _story = new();

    [Fact]
    public void A_run_may_begin_with_copies()
    {
        var offer = _story.Offer([Point(1, "/A", 0), Point(2, "/", 0)]);
        _story.Accepted(offer);
        _story.Claim(First, 1);
        _story.ReadCheckpoints(First, [Point(1, "/A", 0), Point(2, "/", 0)]);
        _story.Body(First, "/B", 1);
        _story.Commit(First, 1, [Point(3, "/B", 1)]);
        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void The_body_of_a_copied_step_does_not_run()
    {
        var offer = _story.Offer([Point(1, "/A", 0)]);
        _story.Accepted(offer);
        _story.Claim(First, 1);
        _story.ReadCheckpoints(First, [Point(1, "/A", 0)]);
        _story.Body(First, "/A", 1);
        Assert.Equal(HistoryRule.NoBodyAfterCommit, Assert.Single(_story.Check().Violations).Rule);
    }

    [Fact]
    public void An_operator_may_replace_a_failure_and_let_the_run_go_on()
    {
        Fail();
        _story.Decide([Point(1, "/A", 1, "by hand")], []);
        _story.Claim(Second, 2);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1, "by hand")]);
        _story.Commit(Second, 2, [], RunStatus.Completed, "r");
        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void An_operator_may_add_an_outcome_behind_the_last()
    {
        Fail();
        _story.Decide([Point(2, "/B", 1, "by hand")], []);
        _story.Claim(Second, 2);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1, "error", CheckpointStatus.Failed), Point(2, "/B", 1, "by hand")]);
        _story.Commit(Second, 2, [Point(3, "/C", 2)], RunStatus.Completed, "r");
        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_step_runs_again_when_an_operator_clears_its_failure()
    {
        Fail();
        _story.Decide([], [1]);
        _story.Claim(Second, 2);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1, "error", CheckpointStatus.Cleared)]);
        _story.Body(Second, "/A", 2);
        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_decision_that_was_refused_excuses_nothing()
    {
        Fail();
        _story.Decide([Point(1, "/A", 1, "by hand")], [], isRefused: true);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1, "by hand")]);
        Assert.Contains(_story.Check().Violations, violation => violation.Rule == HistoryRule.ImmutableResult);
    }

    [Fact]
    public void What_completed_is_changed_by_no_operator()
    {
        _story.Begun();
        _story.Commit(First, 1, [], RunStatus.Failed, "e");
        _story.ReadCheckpoints(First, [Point(1, "/A", 1)]);
        _story.Decide([Point(1, "/A", 1, "by hand")], []);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1, "by hand")]);
        Assert.Equal(HistoryRule.ImmutableResult, Assert.Single(_story.Check().Violations).Rule);
    }

    private void Fail()
    {
        _story.Start();
        _story.Claim(First, 1);
        _story.Body(First, "/A", 1);
        _story.Commit(First, 1, [Point(1, "/A", 1, "error", CheckpointStatus.Failed)], RunStatus.Failed, "e", failingSet: [1]);
        _story.ReadCheckpoints(First, [Point(1, "/A", 1, "error", CheckpointStatus.Failed)]);
    }
}
