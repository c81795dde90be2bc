using Durable.Testing.History;
using static Durable.Testing.Tests.History.Story;

namespace Durable.Testing.Tests.History;

/// <summary>What may have happened in an order that breaks nothing breaks nothing.</summary>
public sealed class OrderTests
{
    private readonly Story _story = new();

    [Fact]
    public void A_commit_that_was_under_way_when_another_claimed_may_have_come_first()
    {
        _story.Begun();
        var offer = _story.Offer(First, 1, [Point(2, "/B", 1)]);
        _story.Claim(Second, 2);
        _story.Answer(First, 1, offer, HistoryEvent.Committed);

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_body_that_starts_while_the_commit_is_under_way_may_have_started_first()
    {
        _story.Begun();
        var offer = _story.Offer(First, 1, [Point(2, "/B", 1)]);
        _story.Claim(Second, 2);
        _story.Body(Second, "/B", 2);
        _story.Answer(First, 1, offer, HistoryEvent.Committed);

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_commit_that_failed_may_take_effect_late_or_never()
    {
        _story.Begun();
        var offer = _story.Offer(First, 1, [Point(2, "/B", 1)]);
        _story.Answer(First, 1, offer, HistoryEvent.CommitUnknown);
        _story.Claim(Second, 2);
        _story.Body(Second, "/B", 2);
        _story.Commit(Second, 2, [Point(2, "/B", 2)]);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1), Point(2, "/B", 2)]);

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_gap_is_filled_by_a_commit_that_nobody_saw_answered()
    {
        _story.Begun();
        _story.Offer(First, 1, [Point(2, "/B", 1)]);
        _story.Commit(First, 1, [Point(3, "/C", 1)]);

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_holder_that_has_lost_the_run_unknowingly_may_start_a_body()
    {
        _story.Begun();
        _story.Claim(Second, 2);
        _story.Body(Second, "/B", 2);
        _story.Commit(Second, 2, [Point(2, "/B", 2)]);
        _story.Body(First, "/B", 1);

        var verdict = _story.Check();
        Assert.Empty(verdict.Violations);
        Assert.Equal(1, verdict.Activity.StaleBodies);
    }

    [Fact]
    public void A_failure_that_a_resume_clears_may_run_again_and_end_otherwise()
    {
        _story.Begun();
        _story.Body(First, "/B", 1);
        _story.Commit(First, 1, [Point(2, "/B", 1, status: CheckpointStatus.Failed)]);
        _story.Commit(First, 1, [], RunStatus.Failed, "e", failingSet: [2]);
        _story.Read(RunStatus.Failed, 1, "e");
        _story.Outcome(RunStatus.Failed, "broken");
        _story.Resume();
        _story.Claim(First, 2);
        _story.ReadCheckpoints(First, [Point(1, "/A", 1), Point(2, "/B", 1, status: CheckpointStatus.Cleared)]);
        _story.Body(First, "/B", 2);
        _story.Commit(First, 2, [Point(3, "/B", 2)]);
        _story.Commit(First, 2, [], RunStatus.Completed, "r");
        _story.Outcome(RunStatus.Completed, "whole");
        _story.Healed();
        _story.Audit(RunStatus.Completed, 2, "r", [Point(1, "/A", 1), Point(2, "/B", 1, status: CheckpointStatus.Cleared), Point(3, "/B", 2)], attempt: 2);

        var verdict = _story.Check(new HistoryOptions { Floor = new HistoryActivity { Runs = 1, Resumes = 1 } });
        Assert.True(verdict.Kind == HistoryVerdictKind.Valid, verdict.ToString());
    }

    [Fact]
    public void A_lease_that_is_found_lost_is_no_violation()
    {
        _story.Begun();
        _story.Claim(Second, 2);
        _story.Renew(First, 1, isLost: true);

        var verdict = _story.Check();
        Assert.Empty(verdict.Violations);
        Assert.Equal(1, verdict.Activity.LostLeases);
    }
}
