using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite;

/// <summary>A few threads that read, each on a connection of its own that cannot write: a caller's thread never waits for the disk.</summary>
internal sealed class SqliteReaders
{
    private const int MaxThreads = 4;

    private readonly BlockingCollection<SqliteOperation<SqliteReads>> _queue = [];
    private readonly SqliteDatabase _database;
    private readonly Task _closed;

    public SqliteReaders(SqliteDatabase database)
    {
        _database = database;
        _closed = Task.WhenAll(Enumerable.Range(0, Math.Min(MaxThreads, Environment.ProcessorCount)).Select(_ => StartThread()).ToArray());
    }

    public Task<T> ReadAsync<T>(Func<SqliteReads, T> work)
    {
        var operation = new SqliteOperation<SqliteReads, T>(work);
        try
        {
            _queue.Add(operation);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }

        return operation.Done;
    }

    /// <summary>Finishes what is queued and closes the connections.</summary>
    public Task CloseAsync()
    {
        _queue.CompleteAdding();
        return _closed;
    }

    private Task StartThread()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
#pragma warning disable RS0030 // Threads of the store's own: SQLite calls block, and the pool's threads belong to the application.
        new Thread(() => Run(ended)) { IsBackground = true, Name = "durable-sqlite-reader" }.Start();
#pragma warning restore RS0030
        return ended.Task;
    }

    private void Run(TaskCompletionSource ended)
    {
        SqliteReads? reads = null;
        foreach (var operation in _queue.GetConsumingEnumerable())
        {
            try
            {
                // Opened by the first read, and again after a failure.
                _database.CheckInPlace();
                reads ??= Open();
                reads.Begin();
                operation.Execute(reads);
                reads.End();
                operation.Complete();
            }
            catch (Exception exception)
            {
                reads?.Dispose();
                reads = null;
                operation.Fail(exception is SqliteException failure ? _database.Translate(failure) : exception);
            }
        }

        reads?.Dispose();
        ended.SetResult();
    }

    private SqliteReads Open()
    {
        var connection = _database.OpenForReading();
        try
        {
            return new SqliteReads(connection, _database.Rows(connection), _database.SnapshotGate);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
