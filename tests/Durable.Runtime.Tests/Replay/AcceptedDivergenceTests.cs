using Durable.Execution;

namespace Durable.Runtime.Tests.Replay;

/// <summary>What a resume that accepts divergence makes of checkpoints that the code no longer asks for: they are passed over, kept for calls that come later, and named when nobody came.</summary>
public sealed class AcceptedDivergenceTests
{
    [Fact]
    public void A_new_call_in_sequence_passes_over_everything_after_it()
    {
        var log = History.Log(["/a", "/b", "/c"], sequential: true, accept: true);
        log.Ask("/a");
        log.Deliver();
        Assert.Equal(ReplayAnswer.New, log.Ask("/x"));
        Assert.Equal([2, 3], log.NeverRequested());
        Assert.True(log.IsExhausted);
    }

    [Fact]
    public void A_removed_call_in_sequence_passes_over_its_checkpoint_only()
    {
        var log = History.Log(["/a", "/b", "/c"], sequential: true, accept: true);
        Assert.Equal(3, log.Ask("/c").Record!.Sequence);
        Assert.Equal([1, 2], log.NeverRequested());
        Assert.True(log.CanDeliver);
    }

    [Fact]
    public void Code_that_stands_still_goes_on_past_the_checkpoint_that_is_due()
    {
        var log = History.Log(["/a", "/b"], accept: true);
        log.Ask("/b");
        Assert.Null(log.StoodStill(["/b"]));
        Assert.Equal([1], log.NeverRequested());
        Assert.Equal("/b", log.Deliver().StepId);
    }

    [Fact]
    public void A_scope_that_ends_passes_over_what_it_never_asked_for()
    {
        var log = History.Log(["/s/a", "/b", "/s/c"], accept: true);
        log.Ask("/b");
        Assert.Null(log.ScopeEnded("/s"));
        Assert.Equal([1, 3], log.NeverRequested());
        Assert.Equal("/b", log.Deliver().StepId);
        Assert.True(log.IsExhausted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_checkpoint_that_was_passed_over_is_carried_over_to_a_later_call(bool sequential)
    {
        var log = History.Log(["/a", "/b"], sequential, accept: true);
        if (sequential)
            log.Ask("/x");
        else
            log.StoodStill([]);
        var answer = log.Ask("/a");
        Assert.True(answer.IsCarriedOver);
        Assert.Equal(1, answer.Record!.Sequence);
        Assert.Equal([2], log.NeverRequested());
    }

    [Fact]
    public void A_checkpoint_is_carried_over_once()
    {
        var log = History.Log(["/a"], accept: true);
        log.StoodStill([]);
        log.Ask("/a");
        Assert.Equal(ReplayAnswer.New, log.Ask("/a"));
        Assert.Empty(log.NeverRequested());
    }

    [Fact]
    public void An_alias_carries_a_checkpoint_over_too()
    {
        var log = History.Log(["/old"], accept: true);
        log.StoodStill([]);
        Assert.True(log.Ask("/new", aliases: "old").IsCarriedOver);
    }

    [Fact]
    public void Other_arguments_use_the_stored_outcome_also_in_the_same_build()
        => Assert.NotNull(History.Log([History.Step(1, "/a", 1)], accept: true).Ask("/a", 2).Record);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_checkpoint_of_another_kind_is_cleared_and_the_call_is_new(bool sequential)
    {
        var log = History.Log(["/a"], sequential, accept: true);
        Assert.Equal(ReplayAnswer.New, log.Ask("/a", kind: (CheckpointKind)99));
        Assert.Equal([1], log.TakeReplaced());
    }

    [Fact]
    public void A_checkpoint_of_another_kind_is_named_once()
    {
        var log = History.Log(["/a"], accept: true);
        log.Ask("/a", kind: (CheckpointKind)99);
        log.TakeReplaced();
        Assert.Empty(log.TakeReplaced());
        Assert.Empty(log.NeverRequested());
    }
}
