using Durable.Storage;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite;

/// <summary>What can be read over one connection. A verb sees the file at one moment.</summary>
internal sealed class SqliteReads(SqliteConnection connection, SqliteRows rows, Lock snapshotGate) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection.Handle!, "BEGIN");
    private readonly SqliteStatement _touch = new(connection.Handle!, SqliteSql.Touch);
    private readonly SqliteStatement _end = new(connection.Handle!, "COMMIT");
    private readonly SqliteStatement _findRun = new(connection.Handle!, SqliteSql.FindRun);
    private readonly SqliteStatement _readCheckpoints = new(connection.Handle!, SqliteSql.ReadCheckpoints);
    private readonly SqliteStatement _countRuns = new(connection.Handle!, SqliteSql.CountRuns);
    private readonly SqliteListing _listing = new(connection.Handle!);

    public SqliteMessageReads Messages { get; } = new(connection.Handle!, rows);

    /// <summary>Takes the snapshot that the verbs read until <see cref="End"/>.</summary>
    public void Begin()
    {
        lock (snapshotGate)
        {
            // BEGIN alone takes nothing: the first read does.
            _begin.Execute();
            rows.CheckSchema(_touch);
        }
    }

    /// <summary>Lets go of the snapshot, so that the log can be checkpointed past it.</summary>
    public void End() => _end.Execute();

    public RunRecord? FindRun(string runId)
    {
        _findRun.Bind(1, runId);
        return rows.ReadRun(_findRun) is { } run ? rows.Sound(run, runId) : null;
    }

    public IReadOnlyList<CheckpointRecord> ReadCheckpoints(string runId)
    {
        _readCheckpoints.Bind(1, runId);
        var checkpoints = new List<CheckpointRecord>();
        while (_readCheckpoints.Read())
            checkpoints.Add(rows.Checkpoint(_readCheckpoints, runId));
        return checkpoints;
    }

    public IReadOnlyList<RunCount> CountRuns()
    {
        var counts = new List<RunCount>();
        while (_countRuns.Read())
        {
            var workflow = new WorkflowIdentity(_countRuns.Text(0), _countRuns.Int(1));
            counts.Add(new RunCount(workflow, (RunStatus)_countRuns.Int(2), _countRuns.Long(3)));
        }

        return counts;
    }

    public IReadOnlyList<RunSummary> ListRuns(RunQuery query) => _listing.List(query);

    public void Dispose()
    {
        _begin.Dispose();
        _touch.Dispose();
        _end.Dispose();
        _findRun.Dispose();
        _readCheckpoints.Dispose();
        _countRuns.Dispose();
        _listing.Dispose();
        Messages.Dispose();
        connection.Dispose();
    }
}
