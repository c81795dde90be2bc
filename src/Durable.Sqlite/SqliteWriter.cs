using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite;

/// <summary>The one thread and connection that write and checkpoint. Operations that wait share a transaction: one sync of the disk serves them all.</summary>
internal sealed class SqliteWriter
{
    private const int MaxBatch = 512;
    private const int MaxBatchBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Queue<SqliteOperation<SqliteWrites>> _queue = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteDatabase _database;
    private readonly SqliteWriteLock _writeLock;
    private bool _refusing;
    private bool _closing;
    private long _transactions;

    private SqliteWriter(SqliteDatabase database)
    {
        _database = database;
        _writeLock = new SqliteWriteLock(database.Path);
    }

    /// <summary>How many transactions were committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Opens the file for writing and brings its schema up to date.</summary>
    public static async Task<SqliteWriter> OpenAsync(SqliteDatabase database)
    {
        var writer = new SqliteWriter(database);
#pragma warning disable RS0030 // A thread of the store's own: SQLite calls block, and the pool's threads belong to the application.
        new Thread(writer.Run) { IsBackground = true, Name = "durable-sqlite-writer" }.Start();
#pragma warning restore RS0030
        await writer._opened.Task;
        return writer;
    }

    /// <summary>Does something in a transaction; the task ends when that is committed.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteWrites, T> work, int bytes = 0)
    {
        var operation = new SqliteOperation<SqliteWrites, T>(work, bytes);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_refusing, typeof(SqliteStore));
            _queue.Enqueue(operation);
            if (_queue.Count == 1)
                _wake.Release();
        }

        return operation.Done;
    }

    /// <summary>Takes nothing more; what is queued goes on.</summary>
    public void Refuse()
    {
        lock (_lock)
            _refusing = true;
    }

    /// <summary>Finishes what is queued and closes the connection.</summary>
    public Task CloseAsync()
    {
        Refuse();
        lock (_lock)
        {
            _closing = true;
            _wake.Release();
        }

        return _closed.Task;
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Open();
            using (var writes = new SqliteWrites(connection.Handle!, _database.Rows(connection), _database))
            {
                _opened.SetResult();
                while (!WaitForWork())
                    DrainQueue(writes);
                DrainQueue(writes);
            }

            Close(connection);
        }
        catch (Exception exception) when (!_opened.Task.IsCompleted)
        {
            connection?.Dispose();
            _opened.SetException(exception is SqliteException failure ? _database.Translate(failure) : exception);
        }
        finally
        {
            _closed.SetResult();
        }
    }

    private SqliteConnection Open()
    {
        _database.CheckExisting();
        using var writing = _writeLock.Take();
        return _database.OpenForWriting();
    }

    private void Close(SqliteConnection connection)
    {
        try
        {
            using var writing = _writeLock.Take();
            // SQLite deletes the log by its name: beside a file that was put in place of ours stands a log of others.
            if (!_database.IsInPlace)
                SqliteDatabase.KeepLogOnClose(connection);
            connection.Dispose();
        }
        catch (StoreException)
        {
            // Another process does not let go of the file: the next one that closes it checkpoints.
            SqliteDatabase.KeepLogOnClose(connection);
            connection.Dispose();
        }
    }

    /// <summary>Waits until there may be something in the queue; true when nothing more will come.</summary>
    private bool WaitForWork()
    {
        _wake.Wait();
        lock (_lock)
            return _closing;
    }

    private void DrainQueue(SqliteWrites writes)
    {
        var batch = new List<SqliteOperation<SqliteWrites>>();
        while (HasWork())
        {
            try
            {
                using var writing = _writeLock.Take();
                // Taken only now: those who came while the lock was waited for go along.
                FillBatch(batch);
                if (!TryCommit(batch, writes, out var failure))
                    Recover(batch, writes, failure);
            }
            catch (StoreException exception)
            {
                FillBatch(batch);
                batch.ForEach(operation => operation.Fail(exception));
            }
        }
    }

    private void Recover(List<SqliteOperation<SqliteWrites>> batch, SqliteWrites writes, Exception failure)
    {
        // A full disk has no room for them one by one either; and whoever asked is told once, not after hundreds of tries.
        if (failure is SqliteException exception && SqliteFailure.IsOfTheFile(exception))
            failure = _database.Translate(exception);
        if (failure is StoreException and not RunDamagedException)
            batch.ForEach(operation => operation.Fail(failure));
        else
            CommitOneByOne(batch, writes);
    }

    /// <summary>One of them failed. The others must not: each gets a transaction of its own.</summary>
    private void CommitOneByOne(List<SqliteOperation<SqliteWrites>> batch, SqliteWrites writes)
    {
        foreach (var operation in batch)
        {
            if (!TryCommit([operation], writes, out var failure))
                operation.Fail(failure is SqliteException exception ? _database.Translate(exception) : failure);
        }
    }

    /// <summary>Commits all or nothing. Whatever an operation throws is its caller's; this thread goes on.</summary>
    private bool TryCommit(List<SqliteOperation<SqliteWrites>> batch, SqliteWrites writes, [NotNullWhen(false)] out Exception? failure)
    {
        try
        {
            writes.Begin();
            foreach (var operation in batch)
                operation.Execute(writes);
            writes.Commit();
            // Before anybody is told: what is in a file that is gone is not stored.
            _database.CheckInPlace();
        }
        catch (Exception exception)
        {
            writes.Rollback();
            failure = exception;
            return false;
        }

        Interlocked.Increment(ref _transactions);
        foreach (var operation in batch)
            operation.Complete();
        failure = null;
        return true;
    }

    private bool HasWork()
    {
        lock (_lock)
            return _queue.Count > 0;
    }

    private void FillBatch(List<SqliteOperation<SqliteWrites>> batch)
    {
        batch.Clear();
        lock (_lock)
        {
            var bytes = 0;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _queue.TryDequeue(out var operation))
            {
                bytes += operation.Bytes;
                batch.Add(operation);
            }
        }
    }
}
