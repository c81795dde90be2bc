using Microsoft.Data.Sqlite;

namespace Durable.Sqlite;

/// <summary>The tables, as numbered migrations, and the marks by which a file is known to be ours.</summary>
internal static class SqliteSchema
{
    /// <summary>"DRBL", in the header of every file.</summary>
    public const int ApplicationId = 0x4452424C;

    // Numbers in user_version. A migration that was released is never edited; a change is a new one at the end.
    private static readonly (int Number, string Sql)[] s_migrations =
    [
        // Runs carry a number of their own, so that a checkpoint and its index entry hold eight bytes of it, not the whole id.
        // Columns that every commit looks at come before the payloads: a row is read from its start.
        // due_at: since when a pending run waits, until when a running one's lease holds; NULL once it ended. Times are UTC ticks (100 ns).
        (1, """
            CREATE TABLE runs (
                number INTEGER PRIMARY KEY,
                run_id TEXT NOT NULL UNIQUE,
                status INTEGER NOT NULL,
                epoch INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                accept_divergence INTEGER NOT NULL,
                workflow TEXT NOT NULL,
                version INTEGER NOT NULL,
                fingerprint INTEGER NOT NULL,
                due_at INTEGER,
                created_at INTEGER NOT NULL,
                ended_at INTEGER,
                worker TEXT,
                failing_set TEXT,
                input BLOB,
                result BLOB,
                error BLOB
            );
            CREATE INDEX runs_due ON runs (status, workflow, version, due_at);
            CREATE TABLE checkpoints (
                run_number INTEGER NOT NULL,
                sequence INTEGER NOT NULL,
                step_id TEXT NOT NULL,
                kind INTEGER NOT NULL,
                status INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                epoch INTEGER NOT NULL,
                fingerprint INTEGER NOT NULL,
                build_id TEXT NOT NULL,
                started_at INTEGER NOT NULL,
                completed_at INTEGER NOT NULL,
                arguments BLOB,
                result BLOB,
                error BLOB,
                PRIMARY KEY (run_number, sequence)
            );
            """),

        // Operators list and purge runs. The listing's order is (created_at, run_id); what is written once a run, at its start or its end, costs least.
        // due_at keeps the time of the end from now on, so that runs_due serves purges as well.
        // purged: the highest epoch among purged runs. New runs begin there: a commit meant for a purged run never fits one that took its id.
        (2, """
            CREATE INDEX runs_created ON runs (created_at, run_id);
            CREATE INDEX runs_workflow ON runs (workflow, created_at, run_id);
            CREATE INDEX runs_ended ON runs (status, created_at, run_id) WHERE ended_at IS NOT NULL;
            UPDATE runs SET due_at = ended_at WHERE ended_at IS NOT NULL;
            CREATE TABLE purged (epoch INTEGER NOT NULL);
            INSERT INTO purged (epoch) VALUES (0);
            """),

        // Checksums over rows; rows that are there already have none, and how far they go is kept, so that later ones must have one.
        (3, """
            ALTER TABLE runs ADD COLUMN input_checksum INTEGER;
            ALTER TABLE runs ADD COLUMN state_checksum INTEGER;
            ALTER TABLE checkpoints ADD COLUMN checksum INTEGER;
            CREATE TABLE unsummed (runs INTEGER NOT NULL, checkpoints INTEGER NOT NULL);
            INSERT INTO unsummed SELECT (SELECT COALESCE(MAX(number), 0) FROM runs), (SELECT COALESCE(MAX(rowid), 0) FROM checkpoints);
            """),

        // What checkpoints announce: how long it waits, and until when. runs.due_at is until when a suspended run waits.
        (4, """
            ALTER TABLE checkpoints ADD COLUMN wait INTEGER;
            ALTER TABLE checkpoints ADD COLUMN due_at INTEGER;
            """),

        // cancellation: why the run is to be canceled; NULL when nobody asked. A commit asks only whether it is NULL, which the head of the row tells: what stands behind the payloads is not read.
        // claimed_sequence: the last sequence when the run was last claimed, by which the next claim sees whether anything was stored since.
        (5, """
            ALTER TABLE runs ADD COLUMN cancellation BLOB;
            ALTER TABLE runs ADD COLUMN deadline INTEGER;
            ALTER TABLE runs ADD COLUMN takeovers INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE runs ADD COLUMN claimed_sequence INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE runs ADD COLUMN is_final INTEGER NOT NULL DEFAULT 0;
            """),

        // What runs are sent, ask, show and start. notes: what changes of a run while it is held, or although nobody holds it; kept apart, since a run's row holds payloads and carries the sum of its state. Most runs have none.
        // notes.has: what else there is of the run (RunBelongings), so that the end of a run looks only for what may be there.
        // runs_children: only children that have not ended, so that a parent's end does not meet the thousands that have. The numbers are RunStatus.
        (6, """
            ALTER TABLE runs ADD COLUMN parent_number INTEGER;
            ALTER TABLE runs ADD COLUMN parent_id TEXT;
            ALTER TABLE runs ADD COLUMN close_policy INTEGER;
            ALTER TABLE runs ADD COLUMN awaits_messages INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX runs_children ON runs (parent_number) WHERE parent_number IS NOT NULL AND status NOT IN (3, 4, 5);
            CREATE TABLE notes (
                run_number INTEGER PRIMARY KEY,
                last_message INTEGER NOT NULL,
                signals INTEGER NOT NULL,
                generation INTEGER NOT NULL,
                dropped INTEGER NOT NULL,
                has INTEGER NOT NULL,
                progress_text TEXT,
                progress_fraction REAL,
                has_progress INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                continued_at INTEGER
            );
            CREATE TABLE inbox (
                run_number INTEGER NOT NULL,
                position INTEGER NOT NULL,
                kind INTEGER NOT NULL,
                name TEXT NOT NULL,
                sent_at INTEGER NOT NULL,
                payload BLOB,
                error BLOB,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (run_number, position)
            );
            CREATE TABLE message_ids (
                run_number INTEGER NOT NULL,
                message_id TEXT NOT NULL,
                PRIMARY KEY (run_number, message_id)
            ) WITHOUT ROWID;
            CREATE TABLE requests (
                number INTEGER PRIMARY KEY,
                request_id TEXT NOT NULL UNIQUE,
                run_number INTEGER NOT NULL,
                name TEXT NOT NULL,
                state INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                due_at INTEGER,
                heartbeat INTEGER,
                heartbeat_due_at INTEGER,
                payload BLOB,
                checksum INTEGER NOT NULL
            );
            CREATE INDEX requests_open ON requests (created_at, request_id) WHERE state = 0;
            CREATE INDEX requests_run ON requests (run_number, created_at, request_id);
            CREATE TABLE published (
                run_number INTEGER NOT NULL,
                key TEXT NOT NULL,
                version INTEGER NOT NULL,
                published_at INTEGER NOT NULL,
                payload BLOB,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (run_number, key)
            );
            CREATE TABLE stream_items (
                run_number INTEGER NOT NULL,
                stream TEXT NOT NULL,
                place INTEGER NOT NULL,
                appended_at INTEGER NOT NULL,
                payload BLOB,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (run_number, stream, place)
            );
            """),
    ];

    /// <summary>The newest schema that this library knows.</summary>
    public static int Newest => s_migrations[^1].Number;

    /// <summary>Refuses a file that is not a store of ours, or is of a newer library. Writes nothing.</summary>
    public static void Check(SqliteConnection connection, string path)
    {
        // One snapshot for all of it: another process may be making the file at this moment.
        using var snapshot = connection.BeginTransaction(deferred: true);
        var application = Ask(connection, "PRAGMA application_id");
        var version = Ask(connection, "PRAGMA user_version");
        var isNew = application == 0 && version == 0 && Ask(connection, "SELECT COUNT(*) FROM sqlite_master") == 0;
        if (application != ApplicationId && !isNew)
            throw new StoreRefusedException($"'{path}' is an SQLite file of another application (application id {application}). Name another file.");
        // Ids are compared and summed as UTF-8; no store of ours was ever anything else.
        if (!isNew && AskText(connection, "PRAGMA encoding") != "UTF-8")
            throw new StoreRefusedException(SqliteFailure.Damaged(path, "its header names another text encoding"));
        if (version > Newest)
            throw IsNewer(path, version);
    }

    /// <summary>The refusal of a file that a newer library wrote.</summary>
    public static StoreRefusedException IsNewer(string path, long version)
        => new($"'{path}' has schema {version}; this version of Durable.Sqlite knows schemas up to {Newest}. Use the newer package that wrote it.");

    /// <summary>Reads the whole file and refuses it when its pages, tables and indexes do not fit together.</summary>
    public static void CheckPages(SqliteConnection connection, string path)
    {
        if (AskText(connection, "PRAGMA integrity_check(1)") is var finding && finding != "ok")
            throw new StoreRefusedException(SqliteFailure.Damaged(path, finding ?? "the check says nothing"));
    }

    /// <summary>Brings the file up to date, all or nothing.</summary>
    /// <param name="connection">The connection that writes.</param>
    /// <param name="upTo">The last migration, for tests of the later ones.</param>
    public static void Migrate(SqliteConnection connection, int upTo = int.MaxValue)
    {
        if (Ask(connection, "PRAGMA user_version") == Newest)
            return;

        using var transaction = connection.BeginTransaction();
        var current = Ask(connection, "PRAGMA user_version");
        foreach (var (number, sql) in s_migrations.Where(migration => migration.Number > current && migration.Number <= upTo))
            Execute(connection, $"{sql} PRAGMA user_version = {number};");
        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        transaction.Commit();
    }

    /// <summary>Which rows may have no checksum.</summary>
    public static UnsummedRows Unsummed(SqliteConnection connection)
        => new(Ask(connection, "SELECT MAX(runs) FROM unsummed"), Ask(connection, "SELECT MAX(checkpoints) FROM unsummed"));

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Ask(SqliteConnection connection, string sql) => (long)Scalar(connection, sql)!;

    private static string? AskText(SqliteConnection connection, string sql) => Scalar(connection, sql) as string;

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
