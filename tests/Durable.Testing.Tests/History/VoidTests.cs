using Durable.Testing.History;

namespace Durable.Testing.Tests.History;

/// <summary>Histories in which nothing is broken because nothing happened.</summary>
public sealed class VoidTests
{
    [Fact]
    public void No_line_at_all_is_void() => Assert.Equal(HistoryVerdictKind.Void, new Story().Check().Kind);

    [Fact]
    public void A_history_without_healing_is_void()
    {
        var verdict = new Story().Begun().Check();

        Assert.Equal(HistoryVerdictKind.Void, verdict.Kind);
        Assert.Contains("nobody said that faults are over", verdict.ToString());
    }

    [Fact]
    public void A_history_whose_runs_nobody_read_after_healing_is_void()
    {
        var story = new Story().Begun();
        story.Audit(RunStatus.Running, 1, "", [Story.Point(1, "/A", 1)]);
        story.Healed();

        var verdict = story.Check();
        Assert.Equal(HistoryVerdictKind.Void, verdict.Kind);
        Assert.Contains("nobody read all runs after healing", verdict.ToString());
    }

    public static TheoryData<string, HistoryActivity> Floors => new()
    {
        { "runs", new HistoryActivity { Runs = 2 } },
        { "workers", new HistoryActivity { Workers = 3 } },
        { "kills", new HistoryActivity { Kills = 2 } },
        { "bodies", new HistoryActivity { Bodies = 4 } },
        { "repeated bodies", new HistoryActivity { RepeatedBodies = 2 } },
        { "stale bodies", new HistoryActivity { StaleBodies = 1 } },
        { "commits", new HistoryActivity { Commits = 4 } },
        { "fenced commits", new HistoryActivity { FencedCommits = 1 } },
        { "unknown commits", new HistoryActivity { UnknownCommits = 1 } },
        { "reclaims", new HistoryActivity { Reclaims = 2 } },
        { "lost leases", new HistoryActivity { LostLeases = 1 } },
        { "resumes", new HistoryActivity { Resumes = 1 } },
        { "failed attempts", new HistoryActivity { FailedAttempts = 1 } },
        { "interruptions", new HistoryActivity { Interruptions = 1 } },
        { "suspensions", new HistoryActivity { Suspensions = 1 } },
        { "run attempts", new HistoryActivity { RunAttempts = 1 } },
        { "results seen", new HistoryActivity { ResultsSeen = 2 } },
    };

    [Theory, MemberData(nameof(Floors))]
    public void Less_than_the_floor_is_void(string figure, HistoryActivity floor)
    {
        var verdict = Story.Clean().Check(new HistoryOptions { Floor = floor });

        Assert.Equal(HistoryVerdictKind.Void, verdict.Kind);
        Assert.StartsWith($"{figure}: ", Assert.Single(verdict.Shortfalls));
    }

    [Fact]
    public void A_violation_is_told_whatever_the_floor()
    {
        var story = new Story();
        story.Claim(Story.First, 1);

        Assert.Equal(HistoryVerdictKind.Violated, story.Check().Kind);
    }
}
