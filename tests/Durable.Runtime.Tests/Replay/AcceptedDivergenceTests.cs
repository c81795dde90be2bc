using Durable.Execution;

namespace Durable.Runtime.Tests.Replay;

/// <summary>What a resume that accepts divergence makes of checkpoints that the code no longer asks for: they are passed over, and named to be cleared.</summary>
public sealed class AcceptedDivergenceTests
{
    [Fact]
    public void A_new_call_in_sequence_clears_everything_after_it()
    {
        var log = History.Log(["/a", "/b", "/c"], sequential: true, accept: true);
        log.Ask("/a");
        log.Deliver();
        Assert.Equal(ReplayAnswer.New, log.Ask("/x"));
        Assert.Equal([2, 3], log.TakeSkipped());
        Assert.True(log.IsExhausted);
    }

    [Fact]
    public void A_removed_call_in_sequence_clears_its_checkpoint_only()
    {
        var log = History.Log(["/a", "/b", "/c"], sequential: true, accept: true);
        Assert.Equal(3, log.Ask("/c").Record!.Sequence);
        Assert.Equal([1, 2], log.TakeSkipped());
        Assert.True(log.CanDeliver);
    }

    [Fact]
    public void Code_that_stands_still_goes_on_past_the_checkpoint_that_is_due()
    {
        var log = History.Log(["/a", "/b"], accept: true);
        log.Ask("/b");
        Assert.Null(log.StoodStill(["/b"]));
        Assert.Equal([1], log.TakeSkipped());
        Assert.Equal("/b", log.Deliver().StepId);
    }

    [Fact]
    public void A_scope_that_ends_clears_what_it_never_asked_for()
    {
        var log = History.Log(["/s/a", "/b", "/s/c"], accept: true);
        log.Ask("/b");
        Assert.Null(log.ScopeEnded("/s"));
        Assert.Equal([1, 3], log.TakeSkipped());
        Assert.Equal("/b", log.Deliver().StepId);
        Assert.True(log.IsExhausted);
    }

    [Fact]
    public void A_checkpoint_that_was_passed_over_answers_no_later_call()
    {
        var log = History.Log(["/a", "/b"], accept: true);
        log.StoodStill([]);
        Assert.Equal(ReplayAnswer.New, log.Ask("/a"));
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
        Assert.Equal([1], log.TakeSkipped());
    }

    [Fact]
    public void What_was_passed_over_is_named_once()
    {
        var log = History.Log(["/a"], accept: true);
        log.StoodStill([]);
        log.TakeSkipped();
        Assert.Empty(log.TakeSkipped());
    }
}
