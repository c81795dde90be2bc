using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Durable.Benchmarks.Ceiling;

/// <summary>A group-commit writer with nothing around it: one thread, one prepared insert, one transaction for all rows that wait.</summary>
internal sealed class CeilingWriter : IDisposable
{
    // The table of the SQLite store (src/Durable.Sqlite/SqliteSchema.cs), and the bytes of one of its step checkpoints.
    private const string CreateTable = """
        CREATE TABLE checkpoints (
            run_number INTEGER NOT NULL, sequence INTEGER NOT NULL, step_id TEXT NOT NULL, kind INTEGER NOT NULL, status INTEGER NOT NULL,
            attempt INTEGER NOT NULL, epoch INTEGER NOT NULL, fingerprint INTEGER NOT NULL, build_id TEXT NOT NULL,
            started_at INTEGER NOT NULL, completed_at INTEGER NOT NULL, arguments BLOB, result BLOB, error BLOB,
            PRIMARY KEY (run_number, sequence))
        """;

    private const string Insert = "INSERT INTO checkpoints VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private static readonly byte[] s_stepId = Encoding.UTF8.GetBytes("Step#3");
    private static readonly byte[] s_buildId = Encoding.UTF8.GetBytes("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly byte[] s_result = Encoding.UTF8.GetBytes("12345");

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _commit;
    private readonly Thread _thread;
    private List<CeilingRow> _queue = [];
    private bool _closing;

    public CeilingWriter(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute(CreateTable);
        _begin = Prepare("BEGIN IMMEDIATE");
        _insert = Prepare(Insert);
        _commit = Prepare("COMMIT");
        _thread = new Thread(Write) { IsBackground = true, Name = "ceiling" };
        _thread.Start();
    }

    /// <summary>How many transactions were committed.</summary>
    public long Transactions { get; private set; }

    public Task CommitAsync(CeilingRow row)
    {
        lock (_lock)
        {
            _queue.Add(row);
            if (_queue.Count == 1)
                _work.Release();
        }

        return row.Committed.Task;
    }

    public void Dispose()
    {
        _closing = true;
        _work.Release();
        _thread.Join();
        foreach (var statement in (sqlite3_stmt[])[_begin, _insert, _commit])
            statement.Dispose();
        _connection.Dispose();
    }

    private void Write()
    {
        List<CeilingRow> batch = [];
        while (true)
        {
            _work.Wait();
            if (_closing)
                return;
            lock (_lock)
                (batch, _queue) = (_queue, batch);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<CeilingRow> rows)
    {
        Run(_begin);
        foreach (var row in rows)
        {
            Bind(row);
            Run(_insert);
        }

        Run(_commit);
        Transactions++;
        foreach (var row in rows)
            row.Committed.SetResult();
    }

    private void Bind(CeilingRow row)
    {
        raw.sqlite3_bind_int64(_insert, 1, row.Run);
        raw.sqlite3_bind_int64(_insert, 2, row.Sequence);
        raw.sqlite3_bind_text(_insert, 3, s_stepId);
        raw.sqlite3_bind_int64(_insert, 4, 0);
        raw.sqlite3_bind_int64(_insert, 5, 0);
        raw.sqlite3_bind_int64(_insert, 6, 1);
        raw.sqlite3_bind_int64(_insert, 7, 1);
        raw.sqlite3_bind_int64(_insert, 8, 0x1234567890abcdef);
        raw.sqlite3_bind_text(_insert, 9, s_buildId);
        raw.sqlite3_bind_int64(_insert, 10, 638_000_000_000_000_000);
        raw.sqlite3_bind_int64(_insert, 11, 638_000_000_000_000_000);
        raw.sqlite3_bind_null(_insert, 12);
        raw.sqlite3_bind_blob(_insert, 13, s_result);
        raw.sqlite3_bind_null(_insert, 14);
    }

    private void Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            throw new InvalidOperationException($"SQLite answered {result}: {raw.sqlite3_errmsg(_connection.Handle).utf8_to_string()}");
    }

    private sqlite3_stmt Prepare(string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement), _connection.Handle);
        return statement;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
