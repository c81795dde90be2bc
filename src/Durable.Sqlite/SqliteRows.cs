using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>Rows as records, by the column order of <see cref="SqliteSql"/>.</summary>
internal static class SqliteRows
{
    /// <summary>The statement's row, or null when it has none.</summary>
    public static RunRecord? ReadOneRun(SqliteStatement row)
    {
        if (!row.Read())
            return null;
        var run = Run(row);
        row.Reset();
        return run;
    }

    public static RunSummary Summary(SqliteStatement row) => new()
    {
        RunId = row.Text(0),
        Workflow = new WorkflowIdentity(row.Text(1), row.Int(2)),
        Status = (RunStatus)row.Int(3),
        Epoch = row.Long(4),
        Attempt = row.Int(5),
        CreatedAt = row.Time(6),
        EndedAt = row.IsNull(7) ? null : row.Time(7),
        Error = row.Payload(8),
    };

    public static CheckpointRecord Checkpoint(SqliteStatement row) => new()
    {
        Sequence = row.Long(0),
        StepId = row.Text(1),
        Kind = (CheckpointKind)row.Int(2),
        Status = (CheckpointStatus)row.Int(3),
        Attempt = row.Int(4),
        Epoch = row.Long(5),
        Fingerprint = row.Long(6),
        BuildId = row.Text(7),
        StartedAt = row.Time(8),
        CompletedAt = row.Time(9),
        Arguments = row.Payload(10),
        Result = row.Payload(11),
        Error = row.Payload(12),
    };

    private static RunRecord Run(SqliteStatement row) => new()
    {
        RunId = row.Text(1),
        Workflow = new WorkflowIdentity(row.Text(2), row.Int(3)),
        Status = (RunStatus)row.Int(4),
        Epoch = row.Long(5),
        Attempt = row.Int(6),
        AcceptDivergence = row.Long(7) != 0,
        Fingerprint = row.Long(8),
        CreatedAt = row.Time(9),
        EndedAt = row.IsNull(10) ? null : row.Time(10),
        Worker = row.IsNull(11) ? null : row.Text(11),
        Input = row.Payload(12),
        Result = row.Payload(13),
        Error = row.Payload(14),
        LastSequence = row.Long(15),
    };
}
