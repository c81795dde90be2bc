namespace Durable.Sqlite;

/// <summary>What changes of a run while it is held, or although nobody holds it; apart from its row, which holds payloads.</summary>
/// <param name="RunNumber">The run.</param>
internal sealed record RunNotes(long RunNumber)
{
    /// <summary>The last position that was given out in its inbox.</summary>
    public long LastMessage { get; init; }

    /// <summary>How many signals wait there.</summary>
    public int Signals { get; init; }

    public int Generation { get; init; }

    public long Dropped { get; init; }

    public RunBelongings Has { get; init; }

    public DateTimeOffset? ContinuedAt { get; init; }

    public RunProgress? Progress { get; init; }

    public int Checksum => RowChecksum.OfNotes(this);

    /// <summary>What stands from a column on in a row of <see cref="SqliteMessageSql.FindNotes"/>; null when it is not what was written.</summary>
    public static RunNotes? Read(SqliteStatement row, int column, long runNumber)
    {
        try
        {
            var notes = new RunNotes(runNumber)
            {
                LastMessage = row.Long(column),
                Signals = row.Int(column + 1),
                Generation = row.Int(column + 2),
                Dropped = row.Long(column + 3),
                Has = (RunBelongings)row.Int(column + 4),
                Progress = SqliteMessageRows.Progress(row, column + 5),
                ContinuedAt = row.TimeOrNull(column + 9),
            };
            return row.Int(column + 8) == notes.Checksum ? notes : null;
        }
        catch (ArgumentException)
        {
            // Text that is no UTF-8.
            return null;
        }
    }
}

/// <summary>What a run has, or had, that its end has to look for. Stored as a number: members are never renumbered.</summary>
[Flags]
internal enum RunBelongings
{
    None = 0,
    Requests = 1,
    Children = 2,
}
