namespace Durable.Sqlite;

/// <summary>Every statement of the store. All are keyed or follow an index; none scans but the count, which follows one.</summary>
internal static class SqliteSql
{
    // 0 Pending, 1 Running, 2 Suspended: RunStatus. 2 Cleared: CheckpointStatus.
    private const string Run = """
        SELECT number, run_id, workflow, version, status, epoch, attempt, accept_divergence, fingerprint, created_at, ended_at, worker, input, result, error,
            (SELECT MAX(sequence) FROM checkpoints WHERE run_number = number), failing_set, input_checksum, state_checksum, due_at,
            cancellation, deadline, takeovers, claimed_sequence, is_final, parent_number, parent_id, close_policy, awaits_messages,
            last_message, signals, generation, dropped, has, progress_text, progress_fraction, has_progress, n.checksum, continued_at
        FROM runs LEFT JOIN notes n ON n.run_number = number
        """;

    public const string FindRun = Run + " WHERE run_id = ?1";

    public const string FindRunByNumber = Run + " WHERE number = ?1";

    /// <summary>The least that makes a transaction take its snapshot. It tells the schema of the file, which a newer process may have changed.</summary>
    public const string Touch = "PRAGMA user_version";

    public const string ReadCheckpoints = """
        SELECT sequence, step_id, kind, c.status, c.attempt, c.epoch, c.fingerprint, build_id, started_at, completed_at, arguments, c.result, c.error,
            run_number, c.rowid, checksum, wait, c.due_at
        FROM runs r JOIN checkpoints c ON c.run_number = r.number
        WHERE r.run_id = ?1 ORDER BY sequence
        """;

    public const string FindCheckpoint = """
        SELECT sequence, step_id, kind, status, attempt, epoch, fingerprint, build_id, started_at, completed_at, arguments, result, error, run_number, rowid, checksum, wait, due_at
        FROM checkpoints WHERE run_number = ?1 AND sequence = ?2
        """;

    public const string CountRuns = "SELECT workflow, version, status, COUNT(*) FROM runs GROUP BY status, workflow, version";

    public const string CreateRun = """
        INSERT INTO runs (run_id, workflow, version, status, epoch, attempt, accept_divergence, fingerprint, due_at, created_at, input, input_checksum, state_checksum, deadline, claimed_sequence,
            parent_number, parent_id, close_policy)
        VALUES (?1, ?2, ?3, 0, ?9, 1, 0, ?4, ?5, ?5, ?6, ?7, ?8, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (run_id) DO NOTHING
        """;

    /// <summary>Waiting runs are due whatever the clock says, also after it was set back.</summary>
    public const string WaitingRuns = "SELECT due_at, number FROM runs WHERE workflow = ?1 AND version = ?2 AND status = 0 ORDER BY due_at, number LIMIT ?3";

    public const string ExpiredRuns = """
        SELECT due_at, number FROM runs WHERE workflow = ?1 AND version = ?2 AND status = 1 AND due_at <= ?4 ORDER BY due_at, number LIMIT ?3
        """;

    public const string AwakeRuns = """
        SELECT due_at, number FROM runs WHERE workflow = ?1 AND version = ?2 AND status = 2 AND due_at <= ?4 ORDER BY due_at, number LIMIT ?3
        """;

    public const string ClaimRun = """
        UPDATE runs SET status = 1, epoch = epoch + 1, worker = ?2, due_at = ?3, state_checksum = ?4, takeovers = ?5, claimed_sequence = ?6 WHERE number = ?1
        """;

    /// <summary>The number and last sequence of a run, and whether it is to be canceled, if the epoch still holds it.</summary>
    public const string FindHeldRun = """
        SELECT number, (SELECT MAX(sequence) FROM checkpoints WHERE run_number = number), cancellation IS NOT NULL FROM runs WHERE run_id = ?1 AND epoch = ?2 AND status = 1
        """;

    public const string AddCheckpoint = """
        INSERT INTO checkpoints (run_number, sequence, step_id, kind, status, attempt, epoch, fingerprint, build_id, started_at, completed_at, arguments, result, error, checksum, wait, due_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    public const string ReplaceCheckpoint = """
        UPDATE checkpoints SET step_id = ?3, kind = ?4, status = ?5, attempt = ?6, epoch = ?7, fingerprint = ?8, build_id = ?9, started_at = ?10, completed_at = ?11,
            arguments = ?12, result = ?13, error = ?14, checksum = ?15, wait = ?16, due_at = ?17
        WHERE run_number = ?1 AND sequence = ?2
        """;

    public const string ClearCheckpoint = "UPDATE checkpoints SET status = 2, checksum = ?3 WHERE run_number = ?1 AND sequence = ?2";

    /// <summary>Lets go of a run that has not ended: at once, until a time, or until a message comes.</summary>
    public const string ReleaseRun = "UPDATE runs SET status = ?4, due_at = ?2, state_checksum = ?3, attempt = attempt + ?5, awaits_messages = ?6 WHERE number = ?1";

    public const string EndRun = """
        UPDATE runs SET status = ?2, due_at = ?3, ended_at = ?3, result = ?4, error = ?5, failing_set = ?6, accept_divergence = 0, state_checksum = ?7, is_final = ?8
        WHERE number = ?1
        """;

    public const string RenewLease = "UPDATE runs SET due_at = ?3 WHERE run_id = ?1 AND epoch = ?2 AND status = 1 RETURNING cancellation IS NOT NULL, (SELECT last_message FROM notes WHERE run_number = number)";

    /// <summary>A run that waits for its time no longer does; any other keeps its place, or its lease.</summary>
    public const string CancelRun = "UPDATE runs SET cancellation = ?2, status = ?3, due_at = COALESCE(?4, due_at), state_checksum = ?5 WHERE number = ?1";

    public const string ResumeRun = """
        UPDATE runs SET status = 0, attempt = attempt + 1, accept_divergence = ?2, due_at = ?3, ended_at = NULL, error = NULL, failing_set = NULL,
            state_checksum = ?4, cancellation = NULL, takeovers = 0
        WHERE number = ?1
        """;

    public const string FreeOrphans = "UPDATE runs SET due_at = ?1 WHERE status = 1 AND due_at > ?1";

    public const string NextEndedWorkflow = "SELECT workflow, version FROM runs WHERE status = ?1 AND (workflow, version) > (?2, ?3) ORDER BY workflow, version LIMIT 1";

    /// <summary>Children wait for the end of their parent.</summary>
    public const string EndedRuns = """
        SELECT due_at, number FROM runs WHERE status = ?1 AND workflow = ?2 AND version = ?3 AND due_at <= ?4
            AND (parent_number IS NULL OR NOT EXISTS (SELECT 1 FROM runs p WHERE p.number = runs.parent_number AND p.status NOT IN (3, 4, 5)))
        ORDER BY due_at, number LIMIT ?5
        """;

    /// <summary>The epoch that new runs begin with.</summary>
    public const string FindPurgedEpoch = "SELECT epoch FROM purged";

    public const string RaisePurgedEpoch = "UPDATE purged SET epoch = MAX(epoch, (SELECT epoch FROM runs WHERE number = ?1))";

    public const string PurgeCheckpoints = "DELETE FROM checkpoints WHERE run_number = ?1";

    public const string PurgeRun = "DELETE FROM runs WHERE number = ?1";
}
