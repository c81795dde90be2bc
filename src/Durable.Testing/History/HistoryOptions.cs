namespace Durable.Testing.History;

/// <summary>What is asked of a history.</summary>
public sealed record HistoryOptions
{
    /// <summary>The least that has to happen; less shows nothing, and the verdict is <see cref="HistoryVerdictKind.Void"/>. Default: one run and one body.</summary>
    public HistoryActivity Floor { get; init; } = new() { Runs = 1, Bodies = 1 };

    /// <summary>True where runs may end quarantined. Default false: a run that is set aside without a reason given by the test is left behind.</summary>
    public bool AllowQuarantined { get; init; }

    /// <summary>True where hosts of different builds work the runs, so that steps may be called with other arguments. Default false.</summary>
    public bool ManyBuilds { get; init; }
}
