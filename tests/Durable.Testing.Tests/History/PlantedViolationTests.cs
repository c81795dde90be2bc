using Durable.Testing.History;
using static Durable.Testing.Tests.History.Story;

namespace Durable.Testing.Tests.History;

/// <summary>Histories that break one rule each, told in as few lines as it takes.</summary>
public sealed class PlantedViolationTests
{
    private readonly Story _story = new();

    [Fact]
    public void A_clean_history_is_valid()
    {
        var verdict = Clean().Check();

        Assert.Equal(HistoryVerdictKind.Valid, verdict.Kind);
        Assert.Equal((1, 2, 1, 3, 1), (verdict.Activity.Runs, verdict.Activity.Workers, verdict.Activity.Kills, verdict.Activity.Bodies, verdict.Activity.RepeatedBodies));
    }

    [Fact]
    public void An_accepted_run_that_the_store_forgot()
    {
        _story.Begun().Healed();
        _story.Audit(status: null);

        Broken(HistoryRule.OneOutcome);
    }

    [Fact]
    public void A_run_that_nobody_started()
    {
        _story.Claim(First, 1);
        _story.Body(First, "/A", 1);

        Broken(HistoryRule.OneOutcome);
    }

    [Fact]
    public void A_run_that_ends_twice()
    {
        _story.Begun().Taken();
        _story.Commit(Second, 2, [], RunStatus.Failed, "e");
        _story.Claim(First, 3);
        _story.Commit(First, 3, [], RunStatus.Failed, "e");

        Broken(HistoryRule.OneOutcome);
    }

    [Fact]
    public void A_run_that_is_completed_again_after_a_resume()
    {
        _story.Begun();
        _story.Commit(First, 1, [], RunStatus.Completed, "r");
        _story.Resume();
        _story.Claim(First, 2);
        _story.Commit(First, 2, [], RunStatus.Completed, "r");

        Broken(HistoryRule.OneOutcome);
    }

    [Fact]
    public void An_attempt_that_ended_in_two_ways()
    {
        _story.Begun();
        _story.Commit(First, 1, [], RunStatus.Completed, "r");
        _story.Read(RunStatus.Completed, 1, "r");
        _story.Read(RunStatus.Failed, 1, "r");

        Broken(HistoryRule.ImmutableOutcome);
    }

    [Fact]
    public void An_outcome_that_nobody_wrote()
    {
        _story.Begun();
        _story.Commit(First, 1, [], RunStatus.Completed, "r");
        _story.Read(RunStatus.Completed, 1, "s");

        Broken(HistoryRule.ImmutableOutcome);
    }

    [Fact]
    public void Two_clients_that_were_told_different_results()
    {
        _story.Begun();
        _story.Outcome(RunStatus.Completed, "yes");
        _story.Outcome(RunStatus.Completed, "no");

        Broken(HistoryRule.ImmutableOutcome);
    }

    [Fact]
    public void A_failure_that_turned_into_a_result_by_itself()
    {
        _story.Begun();
        _story.Outcome(RunStatus.Failed, "broken");
        _story.Outcome(RunStatus.Completed, "whole");

        Broken(HistoryRule.ImmutableOutcome);
    }

    [Fact]
    public void A_checkpoint_that_is_read_otherwise_than_it_was_written()
    {
        _story.Begun();
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1, result: "something else")]);

        Broken(HistoryRule.ImmutableResult);
    }

    [Fact]
    public void A_checkpoint_that_changes_between_reads()
    {
        _story.Begun();
        _story.Offer(First, 1, [Point(2, "/B", 1, result: "one")]);
        _story.Offer(First, 1, [Point(2, "/B", 1, result: "two")]);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1), Point(2, "/B", 1, result: "one")]);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1), Point(2, "/B", 1, result: "two")]);

        Broken(HistoryRule.ImmutableResult);
    }

    [Fact]
    public void Workflow_code_that_was_given_two_results_of_one_step()
    {
        _story.Begun();
        _story.Returned(Second, "/A", "a-2");
        _story.Seen(First, "/A", "a-1");
        _story.Seen(Second, "/A", "a-2");

        Broken(HistoryRule.ImmutableResult);
    }

    [Fact]
    public void A_result_that_no_body_returned()
    {
        _story.Begun().Seen(First, "/A", "a-3");

        Broken(HistoryRule.ImmutableResult);
    }

    [Fact]
    public void A_step_that_is_called_with_other_arguments_on_replay()
    {
        _story.Begun();
        _story.Body(First, "/B", 1, fingerprint: 1);
        _story.Body(First, "/B", 1, fingerprint: 2);

        Broken(HistoryRule.StableArguments);
        Assert.Empty(_story.Check(new HistoryOptions { ManyBuilds = true }).Violations);
    }

    [Fact]
    public void A_step_whose_token_changes()
    {
        _story.Begun();
        _story.Body(First, "/B", 1, token: new Guid(1, 0, 0, new byte[8]));
        _story.Body(First, "/B", 1, token: new Guid(2, 0, 0, new byte[8]));

        Broken(HistoryRule.StableToken);
    }

    [Fact]
    public void Two_steps_with_one_token()
    {
        _story.Begun();
        _story.Body(First, "/B", 1, token: new Guid(1, 0, 0, new byte[8]));
        _story.Body(First, "/C", 1, token: new Guid(1, 0, 0, new byte[8]));

        Broken(HistoryRule.StableToken);
    }

    [Fact]
    public void A_commit_that_is_accepted_after_a_later_claim()
    {
        _story.Begun();
        _story.Claim(Second, 2);
        _story.Commit(First, 1, [Point(2, "/B", 1)]);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void A_commit_that_is_accepted_after_one_of_a_higher_epoch()
    {
        _story.Begun();
        var late = _story.Offer(First, 1, [Point(2, "/B", 1)]);
        _story.Answer(First, 1, late, HistoryEvent.CommitUnknown);
        _story.Claim(Second, 2);
        _story.Commit(Second, 2, [Point(2, "/B", 2)]);
        _story.Commit(First, 1, [Point(3, "/C", 1)]);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void A_commit_with_an_epoch_that_another_process_holds()
    {
        _story.Begun();
        _story.Commit(Second, 1, [Point(2, "/B", 1)]);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void An_epoch_that_two_workers_hold()
    {
        _story.Start();
        _story.Claim(First, 1);
        _story.Claim(Second, 1);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void A_claim_that_takes_the_epoch_back()
    {
        _story.Start();
        _story.Claim(First, 2);
        _story.Claim(Second, 1);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void A_lease_that_is_renewed_after_it_was_lost()
    {
        _story.Begun();
        _story.Claim(Second, 2);
        _story.Renew(First, 1);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void A_commit_of_a_holder_that_has_let_go()
    {
        _story.Begun();
        _story.Commit(First, 1, [], RunStatus.Pending);
        _story.Commit(First, 1, [Point(2, "/B", 1)]);

        Broken(HistoryRule.CurrentEpoch);
    }

    [Fact]
    public void A_body_that_starts_after_its_commit()
    {
        _story.Begun().Taken();
        _story.Body(Second, "/A", 2);

        Broken(HistoryRule.NoBodyAfterCommit);
    }

    [Fact]
    public void A_body_that_starts_after_its_commit_was_read()
    {
        _story.Begun();
        var unknown = _story.Offer(First, 1, [Point(2, "/B", 1)]);
        _story.Answer(First, 1, unknown, HistoryEvent.CommitUnknown);
        _story.Claim(Second, 2);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1), Point(2, "/B", 1)]);
        _story.Body(Second, "/B", 2);

        Broken(HistoryRule.NoBodyAfterCommit);
    }

    [Fact]
    public void A_failed_step_that_runs_again_although_the_code_had_moved_past_it()
    {
        _story.Begun();
        _story.Body(First, "/B", 1);
        _story.Commit(First, 1, [Point(2, "/B", 1, status: CheckpointStatus.Failed)]);
        _story.Commit(First, 1, [], RunStatus.Failed, "e", failingSet: []);
        _story.Resume();
        _story.Claim(First, 2);
        _story.Body(First, "/B", 2);

        Broken(HistoryRule.NoBodyAfterCommit);
    }

    [Fact]
    public void A_gap_between_accepted_checkpoints()
    {
        _story.Begun();
        _story.Commit(First, 1, [Point(3, "/B", 1)]);

        Broken(HistoryRule.GaplessSequence);
    }

    [Fact]
    public void A_checkpoint_that_is_accepted_twice()
    {
        _story.Begun();
        _story.Commit(First, 1, [Point(1, "/A", 1)]);

        Broken(HistoryRule.GaplessSequence);
    }

    [Fact]
    public void A_gap_between_checkpoints_that_are_read()
    {
        _story.Begun();
        _story.Offer(First, 1, [Point(2, "/B", 1), Point(3, "/C", 1)]);
        _story.ReadCheckpoints(Second, [Point(1, "/A", 1), Point(3, "/C", 1)]);

        Broken(HistoryRule.GaplessSequence);
    }

    [Fact]
    public void An_acknowledged_checkpoint_that_is_not_read_again()
    {
        _story.Begun();
        _story.ReadCheckpoints(Second, []);

        Broken(HistoryRule.NothingLost);
    }

    [Fact]
    public void A_run_that_is_read_without_its_last_checkpoint()
    {
        _story.Begun();
        _story.Read(RunStatus.Running, 1, "", lastSequence: 0);

        Broken(HistoryRule.NothingLost);
    }

    [Fact]
    public void A_read_that_does_not_know_of_an_earlier_claim()
    {
        _story.Begun();
        _story.Read(RunStatus.Running, 0, "");

        Broken(HistoryRule.NothingLost);
    }

    [Fact]
    public void A_run_that_is_read_as_running_after_its_end_was_accepted()
    {
        _story.Begun();
        _story.Commit(First, 1, [], RunStatus.Completed, "r");
        _story.Read(RunStatus.Running, 1, "");

        Broken(HistoryRule.NothingLost);
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Quarantined)]
    public void A_run_without_an_outcome_after_healing(RunStatus status)
    {
        _story.Begun().Healed();
        _story.Audit(status, 1, "", [Point(1, "/A", 1)]);

        Broken(HistoryRule.NothingLeftBehind);
    }

    [Fact]
    public void A_body_that_has_no_end_although_its_process_lives()
    {
        _story.Begun().BodyStarts(First, "/B", 1);

        Broken(HistoryRule.NothingLeftBehind);
    }

    private void Broken(HistoryRule rule) => _story.Breaks(rule);
}
