using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>Rows as records, by the column order of <see cref="SqliteSql"/>, and whether they are what was written.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="unsummed">The rows that may have no checksum.</param>
internal sealed class SqliteRows(string path, UnsummedRows unsummed)
{
    /// <summary>The statement's row, or null when it has none.</summary>
    public StoredRun? ReadRun(SqliteStatement row)
    {
        if (!row.Read())
            return null;
        try
        {
            return Run(row);
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>A line of a listing. Its row's sums are not looked at: that would read every payload. One that is damaged does not hide the others.</summary>
    public static RunSummary Summary(SqliteStatement row) => new()
    {
        RunId = row.TextAsFarAsReadable(0),
        Workflow = new WorkflowIdentity(row.TextAsFarAsReadable(1), row.Int(2)),
        Status = (RunStatus)row.Int(3),
        Epoch = row.Long(4),
        Attempt = row.Int(5),
        CreatedAt = row.TimeAsFarAsReadable(6),
        EndedAt = row.IsNull(7) ? null : row.TimeAsFarAsReadable(7),
        Error = row.Payload(8),
        WakesAt = row.Int(3) == (int)RunStatus.Suspended && !row.IsNull(9) ? row.TimeAsFarAsReadable(9) : null,
        IsCancelRequested = row.Int(10) != 0,
        Deadline = row.IsNull(11) ? null : row.TimeAsFarAsReadable(11),
        Parent = row.IsNull(12) ? null : new RunParent(row.TextAsFarAsReadable(12), (ParentClosePolicy)row.Int(13)),
        Progress = row.Int(16) == 0 ? null : new RunProgress(row.IsNull(14) ? null : row.TextAsFarAsReadable(14), row.IsNull(15) ? null : row.Double(15)),
    };

    /// <summary>Looks at the schema that a transaction found.</summary>
    /// <exception cref="StoreRefusedException">A newer process has migrated the file while this one had it open.</exception>
    public void CheckSchema(SqliteStatement version)
    {
        version.Read();
        var found = version.Long(0);
        version.Reset();
        if (found > SqliteSchema.Newest)
            throw SqliteSchema.IsNewer(path, found);
    }

    /// <summary>The record of a run that was asked for by its id.</summary>
    /// <exception cref="RunDamagedException">It cannot be trusted.</exception>
    public RunRecord Sound(StoredRun run, string runId)
    {
        if (run.Damage is null)
            return run.Record;
        // Why it was set aside or terminated can be told, and that is what an operator asks for.
        if (run is { IsStateSound: true, Record.Status: RunStatus.Quarantined or RunStatus.Canceled })
            return run.Record with { Input = default };
        throw Damaged(runId, run.Damage);
    }

    /// <summary>The error for a damaged part of a run.</summary>
    public RunDamagedException Damaged(string runId, string part, Exception? cause = null) => new(
        runId,
        $"Run '{runId}': {part} in '{path}' is not what was written there; a disk or another program changed it. Other runs are not affected. "
        + "Restore a backup, or do the work under another run id.",
        cause);

    /// <summary>The statement's checkpoint, of a run that was asked for by its id.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    public CheckpointRecord Checkpoint(SqliteStatement row, string runId)
    {
        CheckpointRecord checkpoint;
        try
        {
            checkpoint = Checkpoint(row);
        }
        catch (ArgumentException exception)
        {
            throw Damaged(runId, $"checkpoint {row.Long(0)}", exception);
        }

        var sound = row.IsNull(15) ? row.Long(14) <= unsummed.Checkpoints : row.Int(15) == RowChecksum.OfCheckpoint(row.Long(13), checkpoint);
        return sound ? checkpoint : throw Damaged(runId, $"checkpoint {checkpoint.Sequence}");
    }

    private static CheckpointRecord Checkpoint(SqliteStatement row) => new()
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
        Wait = row.IsNull(16) ? null : TimeSpan.FromTicks(row.Long(16)),
        DueAt = row.IsNull(17) ? null : row.Time(17),
    };

    private StoredRun Run(SqliteStatement row)
    {
        var number = row.Long(0);
        var hasNotes = !row.IsNull(29);
        StoredRun run;
        try
        {
            var notes = hasNotes ? RunNotes.Read(row, 29, number) : null;
            run = new StoredRun(number, Record(row, notes), row.IsNull(16) ? "" : row.Text(16))
            {
                ClaimedSequence = row.Long(23),
                ParentNumber = row.LongOrNull(25),
                AwaitsMessages = row.Long(28) != 0,
                HasNotes = hasNotes,
                Notes = notes,
            };
        }
        catch (ArgumentException)
        {
            // Text that is no UTF-8, a time that is none.
            return new StoredRun(number, Unreadable(row), "") { Damage = "its row", IsStateSound = false, HasNotes = hasNotes, ParentNumber = row.LongOrNull(25) };
        }

        var mayBeUnsummed = number <= unsummed.Runs;
        var record = run.Record;
        int? stateChecksum = row.IsNull(18) ? null : row.Int(18);
        var isInputSound = row.IsNull(17)
            ? mayBeUnsummed
            : row.Int(17) == RowChecksum.OfInput(record, run.ParentNumber);
        var isStateSound = stateChecksum is null ? mayBeUnsummed : stateChecksum == run.State.Checksum;
        return run with
        {
            Damage = !isInputSound ? "its arguments or identity"
                : !isStateSound ? "its state, its outcome or the number of its checkpoints"
                : run is { HasNotes: true, Notes: null } ? "what is noted of its messages and its progress"
                : null,
            IsStateSound = isStateSound,
            StateChecksum = stateChecksum,
        };
    }

    private static RunRecord Record(SqliteStatement row, RunNotes? notes) => new()
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
        WakesAt = row.Int(4) == (int)RunStatus.Suspended && !row.IsNull(19) ? row.Time(19) : null,
        Cancellation = row.Payload(20),
        Deadline = row.IsNull(21) ? null : row.Time(21),
        Takeovers = row.Int(22),
        IsFinal = row.Long(24) != 0,
        Parent = row.IsNull(26) ? null : new RunParent(row.Text(26), (ParentClosePolicy)row.Int(27)),
        LastMessage = notes?.LastMessage ?? 0,
        Generation = notes?.Generation ?? 0,
        ContinuedAt = notes?.ContinuedAt,
        Dropped = notes?.Dropped ?? 0,
        Progress = notes?.Progress,
    };

    private static RunRecord Unreadable(SqliteStatement row) => new()
    {
        RunId = row.TextAsFarAsReadable(1),
        Workflow = default,
        Status = (RunStatus)row.Int(4),
        Epoch = row.Long(5),
        Attempt = row.Int(6),
        Input = default,
        Fingerprint = 0,
        LastSequence = row.Long(15),
        CreatedAt = default,
    };
}
