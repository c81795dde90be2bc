using Durable.Testing.History;
using static Durable.Testing.Tests.History.Story;

namespace Durable.Testing.Tests.History;

/// <summary>Histories in which attempts, interruptions or waits are not what is promised, told in as few lines as it takes; and what looks like it and is right.</summary>
public sealed class PlantedAttemptViolationTests
{
    private readonly Story _story = new Story().Begun();

    [Fact]
    public void Attempts_that_fail_suspend_the_run_and_are_interrupted_are_valid()
    {
        var story = new Story();
        story.Start();
        story.Claim(First, 1, storeTime: TimeSpan.FromSeconds(10));
        story.Attempt(First, "/A", 1, attempt: 1);
        story.Commit(First, 1, [Failed(1, "/A", 1, attempt: 1)]);
        story.Commit(First, 1, [], RunStatus.Suspended, wait: TimeSpan.FromSeconds(30));
        story.Claim(Second, 2, storeTime: TimeSpan.FromSeconds(40));
        story.Attempt(Second, "/A", 2, attempt: 2);
        story.Commit(Second, 2, [Outcome(2, "/A", 2, attempt: 2)]);
        story.Commit(Second, 2, [Beginning(3, "/B", 2)]);
        story.AttemptStarts(Second, "/B", 2, attempt: 1, atMostOnce: true);
        story.Kill(Second);
        story.Claim(First, 3);
        story.Commit(First, 3, [Outcome(4, "/B", 3, attempt: 1, CheckpointStatus.Interrupted)], RunStatus.Suspended, failingSet: [4], wait: TimeSpan.FromSeconds(1));
        story.Claim(First, 4);
        // In the next attempt of the run the step's are numbered anew.
        story.Commit(First, 4, [Beginning(5, "/B", 4)]);
        story.Attempt(First, "/B", 4, attempt: 1, atMostOnce: true);
        story.Commit(First, 4, [Outcome(6, "/B", 4, attempt: 1)], RunStatus.Completed, "r");
        story.Healed();
        story.Audit(RunStatus.Completed, 4, "r",
            [Failed(1, "/A", 1, 1), Outcome(2, "/A", 2, 2), Beginning(3, "/B", 2), Outcome(4, "/B", 3, 1, CheckpointStatus.Cleared), Beginning(5, "/B", 4), Outcome(6, "/B", 4, 1)]);

        var verdict = story.Check();
        Assert.True(verdict.Kind == HistoryVerdictKind.Valid, verdict.ToString());
        Assert.Equal((1, 1, 2), (verdict.Activity.FailedAttempts, verdict.Activity.Interruptions, verdict.Activity.Suspensions));
    }

    [Fact]
    public void An_attempt_that_is_left_out()
    {
        Fail(attempt: 1, sequence: 2);
        _story.Attempt(First, "/B", 1, attempt: 3);
        _story.Commit(First, 1, [Outcome(3, "/B", 1, attempt: 3)]);

        _story.Breaks(HistoryRule.AttemptsInOrder);
    }

    [Fact]
    public void A_failed_attempt_that_is_counted_twice()
    {
        Fail(attempt: 1, sequence: 2);
        _story.Commit(First, 1, [Failed(3, "/B", 1, attempt: 1)]);

        _story.Breaks(HistoryRule.AttemptsInOrder);
    }

    [Fact]
    public void A_count_that_begins_anew_after_a_crash()
    {
        Fail(attempt: 1, sequence: 2);
        Take(2);
        _story.Attempt(Second, "/B", 2, attempt: 1);

        _story.Breaks(HistoryRule.AttemptsInOrder);
    }

    [Fact]
    public void An_attempt_that_begins_before_the_failure_of_the_one_before_is_written()
    {
        _story.Attempt(First, "/B", 1, attempt: 1);
        _story.Attempt(First, "/B", 1, attempt: 2);
        _story.Commit(First, 1, [Failed(2, "/B", 1, attempt: 1)]);

        _story.Breaks(HistoryRule.AttemptsInOrder);
    }

    [Fact]
    public void An_attempt_that_runs_twice_in_one_incarnation()
    {
        _story.Attempt(First, "/B", 1, attempt: 1);
        _story.Attempt(First, "/B", 1, attempt: 1);

        _story.Breaks(HistoryRule.AttemptsInOrder);
    }

    [Fact]
    public void An_attempt_of_a_holder_that_has_lost_the_run_is_no_violation()
    {
        _story.Claim(Second, 2);
        _story.Attempt(Second, "/B", 2, attempt: 1);
        _story.Commit(Second, 2, [Failed(2, "/B", 2, attempt: 1)]);
        _story.Attempt(First, "/B", 1, attempt: 1);

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void An_at_most_once_attempt_that_runs_again_after_a_crash()
    {
        Begin(1);
        Take(2);
        _story.Commit(Second, 2, [Beginning(3, "/B", 2)]);
        _story.Attempt(Second, "/B", 2, attempt: 1, atMostOnce: true);

        _story.Breaks(HistoryRule.AtMostOnce);
    }

    [Fact]
    public void An_at_most_once_body_that_begins_before_that_is_written()
    {
        _story.Attempt(First, "/B", 1, attempt: 1, atMostOnce: true);
        _story.Commit(First, 1, [Beginning(2, "/B", 1)]);

        _story.Breaks(HistoryRule.AtMostOnce);
    }

    [Fact]
    public void An_at_most_once_body_whose_beginning_another_incarnation_wrote()
    {
        _story.Commit(First, 1, [Beginning(2, "/B", 1)]);
        Take(2);
        _story.Attempt(Second, "/B", 2, attempt: 1, atMostOnce: true);

        _story.Breaks(HistoryRule.AtMostOnce);
    }

    [Fact]
    public void An_interruption_of_what_nobody_had_begun()
    {
        _story.Claim(Second, 2);
        _story.Commit(Second, 2, [Outcome(2, "/B", 2, attempt: 1, CheckpointStatus.Interrupted)]);

        _story.Breaks(HistoryRule.HonestInterruption);
    }

    [Fact]
    public void An_interruption_that_is_recorded_twice()
    {
        Begin(1);
        Take(2);
        _story.Commit(Second, 2, [Failed(3, "/B", 2, attempt: 1, CheckpointStatus.Interrupted)]);
        _story.Commit(Second, 2, [Outcome(4, "/B", 2, attempt: 1, CheckpointStatus.Interrupted)]);

        _story.Breaks(HistoryRule.HonestInterruption);
    }

    [Fact]
    public void An_interruption_by_the_incarnation_that_had_begun()
    {
        _story.Commit(First, 1, [Beginning(2, "/B", 1)]);
        _story.Attempt(First, "/B", 1, attempt: 1, atMostOnce: true);
        _story.Commit(First, 1, [Outcome(3, "/B", 1, attempt: 1, CheckpointStatus.Interrupted)]);

        _story.Breaks(HistoryRule.HonestInterruption);
    }

    [Fact]
    public void An_interruption_of_a_body_that_had_not_begun_when_its_worker_let_go()
    {
        _story.Commit(First, 1, [Beginning(2, "/B", 1)]);
        Interrupt();

        _story.Breaks(HistoryRule.HonestInterruption);
    }

    [Fact]
    public void An_interruption_of_a_body_that_had_ended_when_its_worker_let_go()
    {
        _story.Commit(First, 1, [Beginning(2, "/B", 1)]);
        _story.Attempt(First, "/B", 1, attempt: 1, atMostOnce: true);
        Interrupt();

        _story.Breaks(HistoryRule.HonestInterruption);
    }

    [Fact]
    public void An_interruption_of_a_body_that_was_told_to_stop_is_no_violation()
    {
        _story.Commit(First, 1, [Beginning(2, "/B", 1)]);
        _story.Attempt(First, "/B", 1, attempt: 1, atMostOnce: true, abandoned: true);
        Interrupt();

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void An_attempt_that_counts_although_it_was_told_to_stop()
    {
        _story.Attempt(First, "/B", 1, attempt: 1, abandoned: true);
        _story.Commit(First, 1, [Failed(2, "/B", 1, attempt: 1)]);

        _story.Breaks(HistoryRule.NoAttemptBurned);
    }

    [Fact]
    public void An_attempt_that_counts_although_nobody_executed_it()
    {
        _story.AttemptStarts(First, "/B", 1, attempt: 1);
        Take(2);
        _story.Commit(Second, 2, [Failed(2, "/B", 2, attempt: 1)]);

        _story.Breaks(HistoryRule.NoAttemptBurned);
    }

    [Fact]
    public void A_result_of_a_body_that_was_told_to_stop_counts()
    {
        _story.Attempt(First, "/B", 1, attempt: 1, abandoned: true);
        _story.Commit(First, 1, [Outcome(2, "/B", 1, attempt: 1)]);

        Assert.Empty(_story.Check().Violations);
    }

    [Fact]
    public void A_suspended_run_that_is_claimed_too_early()
    {
        var story = Suspended();
        story.Claim(Second, 2, storeTime: TimeSpan.FromSeconds(39));

        story.Breaks(HistoryRule.NotBeforeItIsDue);
    }

    [Fact]
    public void A_suspended_run_that_is_to_be_canceled_may_be_claimed_at_once()
    {
        var story = Suspended();
        story.Cancel();
        story.Claim(Second, 2, storeTime: TimeSpan.FromSeconds(11));

        Assert.Empty(story.Check().Violations);
    }

    [Fact]
    public void A_suspended_run_with_a_step_that_somebody_decided_about_may_be_claimed_at_once()
    {
        var story = Suspended();
        story.Decide([], clears: [1]);
        story.Claim(Second, 2, storeTime: TimeSpan.FromSeconds(11));

        Assert.Empty(story.Check().Violations);
    }

    [Fact]
    public void The_attempts_of_a_step_that_an_operator_lets_run_again_begin_anew()
    {
        Fail(attempt: 1, sequence: 2);
        _story.Commit(First, 1, [], RunStatus.Suspended, wait: TimeSpan.FromSeconds(30));
        _story.Decide([], clears: [2]);
        _story.Claim(Second, 2);
        _story.Attempt(Second, "/B", 2, attempt: 1);
        _story.Commit(Second, 2, [Outcome(3, "/B", 2, attempt: 1)]);

        Assert.Empty(_story.Check().Violations);
    }

    private static Story Suspended()
    {
        var story = new Story();
        story.Start();
        story.Claim(First, 1, storeTime: TimeSpan.FromSeconds(10));
        story.Commit(First, 1, [], RunStatus.Suspended, wait: TimeSpan.FromSeconds(30));
        return story;
    }

    private void Fail(int attempt, long sequence)
    {
        _story.Attempt(First, "/B", 1, attempt);
        _story.Commit(First, 1, [Failed(sequence, "/B", 1, attempt)]);
    }

    // The first worker dies within a body that runs at most once.
    private void Begin(long epoch)
    {
        _story.Commit(First, epoch, [Beginning(2, "/B", epoch)]);
        _story.AttemptStarts(First, "/B", epoch, attempt: 1, atMostOnce: true);
    }

    private void Take(long epoch)
    {
        _story.Kill(First);
        _story.Claim(Second, epoch);
    }

    private void Interrupt()
    {
        _story.Commit(First, 1, [], RunStatus.Pending);
        _story.Claim(Second, 2);
        _story.Commit(Second, 2, [Outcome(3, "/B", 2, attempt: 1, CheckpointStatus.Interrupted)]);
    }
}
