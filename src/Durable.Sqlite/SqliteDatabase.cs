using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Durable.Sqlite;

/// <summary>Opens connections to the file, and puts what SQLite says into the words of the store.</summary>
internal sealed class SqliteDatabase
{
    // SQLite's own wait for locks of programs that know nothing of ours, such as a backup tool.
    private const int BusyMilliseconds = 5_000;

    private readonly SqliteStoreOptions _options;
    private readonly byte[] _path;
    private FileIdentity? _opened;

    public SqliteDatabase(string path, SqliteStoreOptions options, ILogger? logger = null)
    {
        _options = options;
        Logger = logger ?? NullLogger.Instance;
        var full = System.IO.Path.GetFullPath(path);
        // SQLite follows links to the file and puts its own files beside the target: so do our lock files.
        Path = (File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName : null) ?? full;
        _path = FileIdentity.Path(Path);
    }

    public string Path { get; }

    public ILogger Logger { get; }

    /// <summary>The version of the native library.</summary>
    /// <exception cref="StoreRefusedException">There is none.</exception>
    public static Version NativeVersion()
    {
        try
        {
            // Finds and initializes the bundle that the application references.
            new SqliteConnection().Dispose();
            return Version.Parse(raw.sqlite3_libversion().utf8_to_string());
        }
        catch (Exception exception) when (exception is not SqliteException)
        {
            throw new StoreRefusedException(
                "No native SQLite library: reference one in the application, for instance the package SQLitePCLRaw.bundle_e_sqlite3. An application that is published trimmed also calls SQLitePCL.Batteries_V2.Init() when it starts.", exception);
        }
    }

    /// <summary>
    /// Held by this process's writer while it begins and commits, and by its readers while they take their snapshot. Where the two meet, SQLite tries a few times and then sleeps:
    /// for microseconds, but in native builds without <c>usleep</c> (SQLitePCLRaw.bundle_e_sqlite3 2.0.6 is one) for a whole second.
    /// </summary>
    public Lock SnapshotGate { get; } = new();

    /// <summary>Looks at an existing file without writing to it.</summary>
    /// <exception cref="StoreRefusedException">It is not a store of ours, or is of a newer library.</exception>
    public void CheckExisting()
    {
        if (new FileInfo(Path) is not { Exists: true, Length: > 0 } file)
            return;
        using var connection = OpenForReading();
        Guard(() =>
        {
            SqliteSchema.Check(connection, Path);
            if (file.Length <= _options.CheckWholeFileUpTo)
                SqliteSchema.CheckPages(connection, Path);
        });
    }

    /// <summary>Opens the one connection that writes and checkpoints, and brings the schema up to date. Its caller holds the write lock.</summary>
    public SqliteConnection OpenForWriting() => Guard(() =>
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            // SQLite opens what it may not write for reading, and would tell on the first write.
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
                throw new StoreRefusedException($"'{Path}' is read-only for this process. Give it write access to the file and to its directory.");
            SqliteSchema.Check(connection, Path);
            SqliteSchema.Execute(connection, "PRAGMA journal_mode = WAL");
            SqliteSchema.Execute(connection, $"PRAGMA synchronous = {(_options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL")}");
            SqliteSchema.Migrate(connection);
            _opened = FileIdentity.Of(_path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>True while the path leads to the file that the writer opened.</summary>
    public bool IsInPlace => FileIdentity.Of(_path) is { } found && found == _opened;

    /// <summary>Looks whether the path still leads to the file that the writer opened. A file that is gone can be written and read like any other, by those who have it open.</summary>
    /// <exception cref="StoreException">It does not.</exception>
    public void CheckInPlace()
    {
        if (!IsInPlace)
        {
            throw new StoreException(
                $"'{Path}' is no longer the file that this process opened: it was moved, deleted or replaced while in use. What the process wrote last is not in the file that is there now. "
                + "Put the file back together with its -wal, or restart the process to work with what is there.");
        }
    }

    /// <summary>Opens a connection that does not write: no rows, and no checkpoint when it is the last to close.</summary>
    public SqliteConnection OpenForReading() => Guard(() =>
    {
        var connection = Open(SqliteOpenMode.ReadOnly);
        KeepLogOnClose(connection);
        return connection;
    });

    /// <summary>Closing the connection will not checkpoint, although it may be the last.</summary>
    public static void KeepLogOnClose(SqliteConnection connection)
    {
        const int NoCheckpointOnClose = 1006;
        raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
    }

    /// <summary>The exception that a caller of the store sees.</summary>
    public StoreException Translate(SqliteException exception) => SqliteFailure.Translate(exception, Path);

    /// <summary>Reads rows of this file over a connection.</summary>
    public SqliteRows Rows(SqliteConnection connection) => new(Path, SqliteSchema.Unsummed(connection));

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // No pooling: a connection that was closed must be closed, its file and its locks let go.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            // Pages are looked at as they are read, before what is wrong in one spreads.
            SqliteSchema.Execute(connection, "PRAGMA cell_size_check = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            // A file that is damaged before anything was done with it: no moment to try again.
            var failure = Translate(exception);
            throw failure as StoreRefusedException ?? new StoreRefusedException(failure.Message, exception);
        }
        catch (SqliteException exception)
        {
            throw Translate(exception);
        }
    }
}
