using Durable.Execution;

namespace Durable.Runtime.Tests.Replay;

/// <summary>What the checkpoints answer to calls, and in which order they are delivered.</summary>
public sealed class ReplayLogTests
{
    [Fact]
    public void A_run_without_checkpoints_is_exhausted_and_answers_every_call_as_new()
    {
        var log = History.Log(Array.Empty<string>(), sequential: true);
        Assert.True(log.IsExhausted);
        Assert.Equal(ReplayAnswer.New, log.Ask("/a"));
    }

    [Fact]
    public void A_recorded_call_is_answered_with_its_record()
    {
        var log = History.Log(["/a", "/b"]);
        Assert.Equal(2, log.Ask("/b").Record!.Sequence);
    }

    [Fact]
    public void Completions_are_delivered_in_recorded_order_whatever_the_order_of_calls()
    {
        var log = History.Log(["/a", "/b"]);
        log.Ask("/b");
        Assert.False(log.CanDeliver);
        log.Ask("/a");
        Assert.Equal("/a", log.Deliver().StepId);
        Assert.False(log.IsExhausted);
        Assert.Equal("/b", log.Deliver().StepId);
        Assert.True(log.IsExhausted);
    }

    [Fact]
    public void A_record_answers_one_call_only()
    {
        var log = History.Log(["/a", "/b"]);
        log.Ask("/a");
        Assert.Equal(ReplayAnswer.New, log.Ask("/a"));
    }

    [Fact]
    public void A_new_call_in_sequence_is_new_once_everything_recorded_was_asked_for()
    {
        var log = History.Log(["/a"], sequential: true);
        log.Ask("/a");
        Assert.Equal(ReplayAnswer.New, log.Ask("/b"));
    }

    [Fact]
    public void A_new_call_in_sequence_diverges_while_recorded_ones_are_unrequested()
    {
        var answer = History.Log(["/a", "/b"], sequential: true).Ask("/x");
        Assert.Contains("has no checkpoint, while recorded ones have not been asked for", answer.Divergence);
    }

    [Fact]
    public void A_new_call_beside_others_is_new_while_recorded_ones_are_unrequested()
        => Assert.Equal(ReplayAnswer.New, History.Log(["/a"]).Ask("/x"));

    [Fact]
    public void A_recorded_call_out_of_order_diverges_in_sequence()
    {
        var answer = History.Log(["/a", "/b"], sequential: true).Ask("/b");
        Assert.Contains("before one that was recorded earlier", answer.Divergence);
    }

    [Fact]
    public void An_alias_reads_the_checkpoint_of_the_old_name()
    {
        var answer = History.Log(["/old[k]#1"], sequential: true).Ask("/new[k]#1", aliases: ["older", "old"]);
        Assert.Equal("/old[k]#1", answer.Record!.StepId);
    }

    [Fact]
    public void The_own_name_goes_before_an_alias()
    {
        var answer = History.Log(["/old", "/new"]).Ask("/new", aliases: "old");
        Assert.Equal("/new", answer.Record!.StepId);
    }

    [Fact]
    public void An_alias_does_not_read_what_another_call_has_already_got()
    {
        var log = History.Log(["/old", "/z"]);
        log.Ask("/old");
        Assert.Equal(ReplayAnswer.New, log.Ask("/new", aliases: "old"));
    }

    [Fact]
    public void A_checkpoint_of_another_kind_diverges()
    {
        var answer = History.Log(["/a"]).Ask("/a", kind: (CheckpointKind)99);
        Assert.Contains("another kind than recorded", answer.Divergence);
    }

    [Fact]
    public void Cleared_checkpoints_are_not_part_of_replay()
    {
        var log = History.Log([History.Step(1, "/a", status: CheckpointStatus.Cleared), History.Step(2, "/a")]);
        Assert.Equal(1, log.Count);
        Assert.Equal(2, log.Ask("/a").Record!.Sequence);
    }

    [Fact]
    public void Notes_are_not_delivered()
        => Assert.True(History.Log([History.Step(1, "/a", kind: CheckpointKind.ArgumentsChanged)]).IsExhausted);

    [Fact]
    public void Other_arguments_in_the_same_build_diverge()
    {
        var answer = History.Log([History.Step(1, "/a", 1)]).Ask("/a", 2);
        Assert.Contains("the same build calls a recorded step with other arguments", answer.Divergence);
    }

    [Fact]
    public void Other_arguments_in_another_build_use_the_stored_outcome_and_are_noted()
    {
        var answer = History.Log([History.Step(1, "/a", 1)], build: "build-2").Ask("/a", 2);
        Assert.NotNull(answer.Record);
        Assert.True(answer.ArgumentsChanged);
    }

    [Fact]
    public void The_same_arguments_in_another_build_are_not_noted()
        => Assert.False(History.Log([History.Step(1, "/a", 1)], build: "build-2").Ask("/a", 1).ArgumentsChanged);

    [Fact]
    public void What_is_noted_already_is_not_noted_again()
    {
        var log = History.Log([History.Step(1, "/a", 1), History.Step(2, "/a", 2, "build-2", kind: CheckpointKind.ArgumentsChanged)], build: "build-2");
        Assert.False(log.Ask("/a", 2).ArgumentsChanged);
    }

    [Fact]
    public void Yet_other_arguments_are_noted_again()
    {
        var log = History.Log([History.Step(1, "/a", 1), History.Step(2, "/a", 2, "build-2", kind: CheckpointKind.ArgumentsChanged)], build: "build-3");
        Assert.True(log.Ask("/a", 3).ArgumentsChanged);
    }

    [Fact]
    public void Arguments_that_changed_places_diverge_in_another_build()
    {
        var answer = History.Log([History.Step(1, "/a", 1), History.Step(2, "/a#1", 2)], build: "build-2").Ask("/a", 2);
        Assert.Contains("two calls have changed places", answer.Divergence);
    }

    [Theory]
    [InlineData("/b")]
    [InlineData("/scope/a")]
    public void Equal_arguments_of_another_step_or_scope_are_no_swap(string other)
    {
        var answer = History.Log([History.Step(1, "/a", 1), History.Step(2, other, 2)], build: "build-2").Ask("/a", 2);
        Assert.True(answer.ArgumentsChanged);
    }

    [Fact]
    public void The_strict_option_diverges_on_other_arguments_of_another_build()
    {
        var answer = History.Log([History.Step(1, "/a", 1)], build: "build-2", onMismatch: ArgumentMismatch.Quarantine).Ask("/a", 2);
        Assert.Contains("OnArgumentMismatch is Quarantine", answer.Divergence);
    }

    [Fact]
    public void Code_that_stands_still_diverges()
        => Assert.Contains("never asked for the checkpoint that comes next", History.Log(["/a"]).StoodStill(["/b"]));

    [Fact]
    public void The_root_ends_well_when_everything_was_asked_for()
    {
        var log = History.Log(["/a"]);
        log.Ask("/a");
        Assert.Null(log.ScopeEnded(""));
    }

    [Fact]
    public void The_root_diverges_when_it_ends_with_something_unrequested_in_any_scope()
        => Assert.Contains("the workflow ended without asking", History.Log(["/s#1/t/a"]).ScopeEnded(""));

    [Fact]
    public void A_nested_scope_answers_for_itself_and_the_scopes_inside_it()
    {
        var log = History.Log(["/s/a", "/s/t/b", "/s#1/a"]);
        log.Ask("/s/a");
        Assert.True(log.HasUnrequested("/s"));
        Assert.Contains("/s/t/b", log.ScopeEnded("/s"));
        log.Ask("/s/t/b");
        Assert.Null(log.ScopeEnded("/s"));
    }

    [Fact]
    public void A_scope_does_not_answer_for_one_whose_path_only_begins_like_its_own()
        => Assert.Null(History.Log(["/sub/a", "/s#1/a"]).ScopeEnded("/s"));
}
