namespace Durable.Testing.History;

/// <summary>How much happened in a history; also the least that has to happen for it to show anything (<see cref="HistoryOptions.Floor"/>).</summary>
public sealed record HistoryActivity
{
    /// <summary>Runs that were accepted.</summary>
    public int Runs { get; init; }

    /// <summary>Processes, or hosts, that executed bodies.</summary>
    public int Workers { get; init; }

    /// <summary>Processes that were killed.</summary>
    public int Kills { get; init; }

    /// <summary>Executions of bodies.</summary>
    public int Bodies { get; init; }

    /// <summary>Executions of bodies that had been executed before.</summary>
    public int RepeatedBodies { get; init; }

    /// <summary>Executions of bodies by a holder that had lost the run, started after another one had stored the outcome.</summary>
    public int StaleBodies { get; init; }

    /// <summary>Commits that were accepted.</summary>
    public int Commits { get; init; }

    /// <summary>Commits that were fenced.</summary>
    public int FencedCommits { get; init; }

    /// <summary>Commits whose fate their process did not learn: they failed, or the process died meanwhile.</summary>
    public int UnknownCommits { get; init; }

    /// <summary>Claims of runs that had been claimed before.</summary>
    public int Reclaims { get; init; }

    /// <summary>Leases that a renewal found lost to a later claim.</summary>
    public int LostLeases { get; init; }

    /// <summary>Resumes of runs that had failed or were quarantined.</summary>
    public int Resumes { get; init; }

    /// <summary>Failed attempts of steps that others follow.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Attempts that were recorded as interrupted.</summary>
    public int Interruptions { get; init; }

    /// <summary>Suspensions that were accepted.</summary>
    public int Suspensions { get; init; }

    /// <summary>Attempts of runs that the policies of their workflows granted.</summary>
    public int RunAttempts { get; init; }

    /// <summary>Results of steps that were seen by somebody and compared.</summary>
    public int ResultsSeen { get; init; }

    /// <summary>The figures in one line.</summary>
    public override string ToString()
        => string.Join(", ", Figures().Select(figure => $"{figure.Name} {figure.Count}"));

    /// <summary>The figures that are below those of a floor, in words.</summary>
    /// <param name="floor">The least.</param>
    internal IReadOnlyList<string> Below(HistoryActivity floor) =>
        [.. Figures().Zip(floor.Figures()).Where(pair => pair.First.Count < pair.Second.Count).Select(pair => $"{pair.First.Name}: {pair.First.Count}, at least {pair.Second.Count} needed")];

    private (string Name, int Count)[] Figures() =>
    [
        ("runs", Runs), ("workers", Workers), ("kills", Kills), ("bodies", Bodies), ("repeated bodies", RepeatedBodies), ("stale bodies", StaleBodies), ("commits", Commits),
        ("fenced commits", FencedCommits), ("unknown commits", UnknownCommits), ("reclaims", Reclaims), ("lost leases", LostLeases), ("resumes", Resumes),
        ("failed attempts", FailedAttempts), ("interruptions", Interruptions), ("suspensions", Suspensions), ("run attempts", RunAttempts), ("results seen", ResultsSeen),
    ];
}
