using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>A run's row as it was read.</summary>
/// <param name="Number">The row's key.</param>
/// <param name="Record">What it says; not to be trusted when it is damaged.</param>
/// <param name="FailingSet">The failing set as it is stored; empty for none.</param>
internal sealed record StoredRun(long Number, RunRecord Record, string FailingSet)
{
    /// <summary>Which part of the row is not what was written; null when it is sound.</summary>
    public string? Damage { get; init; }

    /// <summary>True when where the run stands is what was written, whatever became of its arguments.</summary>
    public bool IsStateSound { get; init; } = true;

    /// <summary>The checksum of the state as it is stored; null in a row that has none.</summary>
    public int? StateChecksum { get; init; }

    public RunState State => RunState.Of(Record, FailingSet);
}
