using Durable.Execution;
using Durable.Storage;
using Durable.TestKit;

namespace Durable.Runtime.Tests.Replay;

/// <summary>The messages of divergence, whole: what an operator reads before deciding.</summary>
public sealed class DivergenceMessageTests
{
    private static readonly CheckpointRecord[] s_recorded = [History.Step(3, "/Charge[order-17]"), History.Step(4, "/Confirm")];

    [Fact]
    public void Every_message_says_what_was_recorded_what_was_requested_and_what_to_do()
    {
        Snapshot.Matches(Divergence.NewCallBeforeRecorded("/Refund", s_recorded), "NewCallBeforeRecorded", "txt");
        Snapshot.Matches(Divergence.OutOfOrder("/Confirm", s_recorded), "OutOfOrder", "txt");
        Snapshot.Matches(Divergence.StoodStill(["/Refund", "/Save"], s_recorded), "StoodStill", "txt");
        Snapshot.Matches(Divergence.StoodStill([], s_recorded), "StoodStillForNothing", "txt");
        Snapshot.Matches(Divergence.NeverRequested("", s_recorded), "RootEnded", "txt");
        Snapshot.Matches(Divergence.NeverRequested("/branch#1", s_recorded), "ScopeEnded", "txt");
        Snapshot.Matches(Divergence.OtherKind("/Confirm", CheckpointKind.ArgumentsChanged, s_recorded[1]), "OtherKind", "txt");
        Snapshot.Matches(Divergence.ArgumentsInSameBuild("/Confirm", s_recorded[1]), "ArgumentsInSameBuild", "txt");
        Snapshot.Matches(Divergence.ArgumentsInOtherBuild("/Confirm", s_recorded[1]), "ArgumentsInOtherBuild", "txt");
        Snapshot.Matches(Divergence.Swapped("/Confirm", s_recorded[1], s_recorded[0]), "Swapped", "txt");
    }

    [Fact]
    public void A_long_list_is_cut_and_says_how_many_more_there_are()
    {
        var many = Enumerable.Range(1, 12).Select(i => History.Step(i, $"/Item[{i}]")).ToList();
        var message = Divergence.NeverRequested("", many);
        Assert.Contains("/Item[5] (sequence 5, build build-1) and 7 more", message);
        Assert.DoesNotContain("/Item[6]", message);
    }
}
