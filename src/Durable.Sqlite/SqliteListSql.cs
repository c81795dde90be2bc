namespace Durable.Sqlite;

/// <summary>
/// The statements that list runs. Each is tied to the index that it follows, so that no statistics and no version of SQLite choose otherwise.
/// Walks follow an index in the order of the listing and stop when the page is full. Picks collect the few runs that an exact index names, and sort them.
/// </summary>
/// <remarks>
/// All take the same parameters: 1 how many; 2, 3 the position below which; 4 created from; 5 the workflow; 6 the statuses as a set of bits; 7 one status; 8, 9 the bounds of the prefix, which every statement has.
/// A unary plus keeps a condition from choosing another index. A pick goes through its index backwards, where the newest mostly are: what comes later is then rarely among the best and need not be sorted in.
/// The limit of -1 keeps SQLite from dropping that order.
/// </remarks>
internal static class SqliteListSql
{
    private const string Columns = "SELECT run_id, workflow, version, status, epoch, attempt, created_at, ended_at, error, due_at, cancellation IS NOT NULL, deadline, parent_id, close_policy, progress_text, progress_fraction, has_progress FROM runs";

    private const string WithNotes = "LEFT JOIN notes ON run_number = number";

    private const string InRange = "(created_at, run_id) < (?2, ?3) AND created_at >= ?4";

    private const string NewestFirst = "ORDER BY created_at DESC, run_id DESC LIMIT ?1";

    private const string IsNamed = "run_id >= ?8 AND run_id < ?9";

    private const string HasStatus = "(1 << status) & ?6 <> 0";

    private const string IsOfWorkflow = "(?5 IS NULL OR +workflow = ?5)";

    private const string PickFrom = $"{Columns} {WithNotes} WHERE number IN (SELECT n FROM (SELECT number AS n, created_at AS c, run_id AS r FROM runs";

    private const string PickInRange = "(+created_at, +run_id) < (?2, ?3) AND +created_at >= ?4";

    private const string PickNewest = "LIMIT -1) ORDER BY c DESC, r DESC LIMIT ?1)";

    public const string WalkAll = $"{Columns} INDEXED BY runs_created {WithNotes} WHERE {InRange} AND {IsNamed} AND {HasStatus} {NewestFirst}";

    public const string WalkWorkflow = $"{Columns} INDEXED BY runs_workflow {WithNotes} WHERE workflow = ?5 AND {InRange} AND {IsNamed} AND {HasStatus} {NewestFirst}";

    public const string WalkEnded = $"{Columns} INDEXED BY runs_ended {WithNotes} WHERE status = ?7 AND ended_at IS NOT NULL AND {InRange} AND {IsNamed} AND {IsOfWorkflow} {NewestFirst}";

    public const string PickStatus =
        $"{PickFrom} INDEXED BY runs_due WHERE status = ?7 AND {PickInRange} AND +run_id >= ?8 AND +run_id < ?9 ORDER BY workflow DESC, version DESC, due_at DESC {PickNewest}";

    public const string PickStatusOfWorkflow =
        $"{PickFrom} INDEXED BY runs_due WHERE status = ?7 AND workflow = ?5 AND {PickInRange} AND +run_id >= ?8 AND +run_id < ?9 ORDER BY version DESC, due_at DESC {PickNewest}";

    public const string PickNamed =
        $"{PickFrom} INDEXED BY sqlite_autoindex_runs_1 WHERE {IsNamed} AND {PickInRange} AND {HasStatus} AND {IsOfWorkflow} ORDER BY run_id DESC {PickNewest}";

    /// <summary>How many runs a pick would collect, counted no further than a limit (1). Read from the index alone.</summary>
    public const string CountStatus = "SELECT COUNT(*) FROM (SELECT 1 FROM runs INDEXED BY runs_due WHERE status = ?2 LIMIT ?1)";

    public const string CountStatusOfWorkflow = "SELECT COUNT(*) FROM (SELECT 1 FROM runs INDEXED BY runs_due WHERE status = ?2 AND workflow = ?3 LIMIT ?1)";

    public const string CountNamed = "SELECT COUNT(*) FROM (SELECT 1 FROM runs INDEXED BY sqlite_autoindex_runs_1 WHERE run_id >= ?2 AND run_id < ?3 LIMIT ?1)";

    /// <summary>About how many runs there are: runs are numbered from 1.</summary>
    public const string HighestNumber = "SELECT MAX(number) FROM runs";
}
