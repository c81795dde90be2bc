using Durable.Testing.History;
using static Durable.Testing.Tests.History.Story;

namespace Durable.Testing.Tests.History;

/// <summary>What histories hold of a run that is to be canceled.</summary>
public sealed class CancellationTests
{
    private readonly Story _story = new Story().Begun();

    [Fact]
    public void A_run_whose_cancellation_was_accepted_and_that_completes_breaks_its_rule()
    {
        _story.Cancel();
        _story.Commit(First, 1, [], RunStatus.Completed, "r");
        _story.Breaks(HistoryRule.NeverCompletedOnceCanceled);
    }

    [Theory]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Failed)]
    public void It_may_end_otherwise(RunStatus status)
    {
        _story.Cancel();
        _story.Commit(First, 1, [], status, "r");
        Assert.Empty(_story.Check().Violations);
    }

    [Theory]
    [InlineData(RunStatus.Completed, true)]
    [InlineData(null, true)]
    [InlineData(RunStatus.Running, false)]
    public void A_cancellation_that_came_too_late_or_of_which_nobody_knows_excludes_nothing(RunStatus? found, bool isAnswered)
    {
        _story.Cancel(found, isAnswered);
        _story.Commit(First, 1, [], RunStatus.Completed, "r");
        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_run_that_was_resumed_after_its_cancellation_may_complete()
    {
        _story.Cancel();
        _story.Commit(First, 1, [], RunStatus.Canceled, "r");
        _story.Resume();
        _story.Claim(Second, 2);
        _story.Commit(Second, 2, [], RunStatus.Completed, "r");
        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_commit_that_was_refused_because_of_it_is_not_stored_and_its_holder_writes_on()
    {
        _story.Cancel();
        _story.Answer(First, 1, _story.Offer(First, 1, [Point(2, "/B", 1)], RunStatus.Completed, "r"), HistoryEvent.CommitRefused);
        _story.Commit(First, 1, [Point(2, "/B", 1)]);
        _story.Commit(First, 1, [], RunStatus.Canceled, "r");
        _story.Healed();
        _story.Audit(RunStatus.Canceled, 1, "r", [Point(1, "/A", 1), Point(2, "/B", 1)]);
        Assert.Empty(_story.Check().Violations);
    }
}
