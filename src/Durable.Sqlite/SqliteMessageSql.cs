namespace Durable.Sqlite;

/// <summary>The statements about what runs are sent, ask, show and start. All are keyed or follow an index.</summary>
internal static class SqliteMessageSql
{
    // 3 Completed, 4 Failed, 5 Canceled: RunStatus. 0 Open: RequestState. 0 Signal: InboxMessageKind.
    public const string FindHead = "SELECT number, status FROM runs WHERE run_id = ?1";

    public const string FindStatus = "SELECT status FROM runs WHERE number = ?1";

    public const string LivingChildren = "SELECT number FROM runs INDEXED BY runs_children WHERE parent_number = ?1 AND status NOT IN (3, 4, 5) ORDER BY number";

    public const string ContinueRun = """
        UPDATE runs SET workflow = ?2, version = ?3, input = ?4, input_checksum = ?5, state_checksum = ?6, due_at = ?7, status = 0, attempt = 1, accept_divergence = 0, takeovers = 0,
            claimed_sequence = 0, awaits_messages = 0
        WHERE number = ?1
        """;

    public const string DropCheckpoint = "DELETE FROM checkpoints WHERE run_number = ?1 AND sequence = ?2";

    public const string FindNotes = """
        SELECT last_message, signals, generation, dropped, has, progress_text, progress_fraction, has_progress, checksum, continued_at FROM notes WHERE run_number = ?1
        """;

    public const string WriteNotes = """
        INSERT INTO notes (run_number, last_message, signals, generation, dropped, has, progress_text, progress_fraction, has_progress, checksum, continued_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (run_number) DO UPDATE SET last_message = ?2, signals = ?3, generation = ?4, dropped = ?5, has = ?6, progress_text = ?7, progress_fraction = ?8, has_progress = ?9, checksum = ?10, continued_at = ?11
        """;

    public const string AddMessage = "INSERT INTO inbox (run_number, position, kind, name, sent_at, payload, error, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    public const string TakeMessage = "DELETE FROM inbox WHERE run_number = ?1 AND position = ?2 RETURNING kind";

    public const string KeepSignals = "DELETE FROM inbox WHERE run_number = ?1 AND kind <> 0";

    public const string ReadInbox = """
        SELECT position, kind, name, sent_at, payload, i.error, run_number, checksum
        FROM runs r JOIN inbox i ON i.run_number = r.number
        WHERE r.run_id = ?1 AND position > ?2 ORDER BY position
        """;

    public const string RememberId = "INSERT INTO message_ids (run_number, message_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";

    public const string KnowsId = "SELECT 1 FROM message_ids WHERE run_number = ?1 AND message_id = ?2";

    private const string Request = """
        SELECT request_id, run_id, name, state, payload, q.created_at, q.due_at, heartbeat, heartbeat_due_at, q.number, run_number, checksum
        FROM requests q JOIN runs r ON r.number = q.run_number
        """;

    public const string FindRequest = Request + " WHERE request_id = ?1";

    public const string OpenRequestsOfRun = Request + " WHERE run_number = ?1 AND state = 0 ORDER BY q.created_at, request_id";

    private const string IsBehind = "(q.created_at, request_id) > (?1, ?2) AND (?3 IS NULL OR name = ?3) ORDER BY q.created_at, request_id";

    /// <summary>Open ones behind a position (1, 2), of a name (3) or of any. No limit: who reads stops.</summary>
    public const string ListRequests = """
        SELECT request_id, run_id, name, state, payload, q.created_at, q.due_at, heartbeat, heartbeat_due_at, q.number, run_number, checksum
        FROM requests q INDEXED BY requests_open CROSS JOIN runs r ON r.number = q.run_number WHERE state = 0 AND 
        """ + IsBehind;

    /// <summary>Those of one run (4).</summary>
    public const string ListRequestsOfRun = """
        SELECT request_id, run_id, name, state, payload, q.created_at, q.due_at, heartbeat, heartbeat_due_at, q.number, run_number, checksum
        FROM runs r CROSS JOIN requests q INDEXED BY requests_run ON run_number = r.number WHERE r.run_id = ?4 AND state = 0 AND 
        """ + IsBehind;

    public const string AddRequest = """
        INSERT INTO requests (request_id, run_number, name, state, created_at, due_at, heartbeat, heartbeat_due_at, payload, checksum)
        VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (request_id) DO NOTHING
        """;

    public const string SetRequest = "UPDATE requests SET state = ?2, heartbeat_due_at = ?3, checksum = ?4 WHERE number = ?1";

    private const string Published = "SELECT key, p.version, published_at, payload, run_number, checksum FROM published p";

    public const string FindPublished = Published + " JOIN runs r ON r.number = p.run_number WHERE r.run_id = ?1 AND key = ?2";

    public const string FindPublishedByNumber = Published + " WHERE run_number = ?1 AND key = ?2";

    public const string Publish = """
        INSERT INTO published (run_number, key, version, published_at, payload, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (run_number, key) DO UPDATE SET version = ?3, published_at = ?4, payload = ?5, checksum = ?6
        """;

    public const string LastItem = "SELECT place FROM stream_items WHERE run_number = ?1 AND stream = ?2 ORDER BY place DESC LIMIT 1";

    public const string AppendItem = "INSERT INTO stream_items (run_number, stream, place, appended_at, payload, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    public const string ReadStream = """
        SELECT place, appended_at, payload, run_number, checksum FROM runs r JOIN stream_items s ON s.run_number = r.number
        WHERE r.run_id = ?1 AND stream = ?2 AND place >= ?3 ORDER BY place LIMIT ?4
        """;

    /// <summary>What belongs to a run besides its checkpoints.</summary>
    public static readonly string[] PurgeBelongings =
    [
        .. ((string[])["notes", "inbox", "message_ids", "requests", "published", "stream_items"]).Select(table => $"DELETE FROM {table} WHERE run_number = ?1"),
    ];
}
