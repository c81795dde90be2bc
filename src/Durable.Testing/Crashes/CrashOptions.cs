namespace Durable.Testing.Crashes;

/// <summary>What a crash sweep does besides the simplest thing.</summary>
public sealed record CrashOptions
{
    /// <summary>
    /// How many crashes in a row the runs have to survive. Default 1: one crash at each point that an undisturbed execution comes to. With 2, each of these is followed by a second crash, at each point that the
    /// recovery comes to, so that the number of crashes grows with the square of the run's length.
    /// </summary>
    public int Crashes { get; init; } = 1;

    /// <summary>How often a run that failed is resumed, each time by a new host, as after a deployment. Default 0: a failure is the outcome.</summary>
    public int Resumes { get; init; }

    /// <summary>True to resume runs that were quarantined for their divergence too, accepting it; counted by <see cref="Resumes"/>. Default false.</summary>
    public bool AcceptDivergence { get; init; }

    /// <summary>
    /// True (default) when a body that runs again returns what it returned the first time, as an idempotent one does. What two undisturbed executions do not agree on is left out of the comparison
    /// in any case. False compares the names of the steps only; that the run's outcome follows from what was stored is checked always.
    /// </summary>
    public bool CompareResults { get; init; } = true;

    /// <summary>Decides which of the waiting work runs next, so that parallel branches complete in other orders; null (default) for the order in which it came.</summary>
    public int? Seed { get; init; }

    /// <summary>How many crashes a sweep takes at most, so that a long run with <see cref="Crashes"/> above 1 says how long it would take. Default 100,000.</summary>
    public int MaxCrashes { get; init; } = 100_000;

    /// <summary>After how many violations a sweep ends. Default 10.</summary>
    public int MaxViolations { get; init; } = 10;

    /// <summary>How long, by the machine's clock, runs may stand still before that counts as a violation. Default 10 s: bodies that do real work need time for it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
