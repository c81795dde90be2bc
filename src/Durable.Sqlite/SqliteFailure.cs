using Microsoft.Data.Sqlite;

namespace Durable.Sqlite;

/// <summary>What SQLite's error codes mean for a store, and what an operator can do.</summary>
internal static class SqliteFailure
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>True when SQLite came upon a page or a row that cannot be as it is.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>True when the failure is no operation's own: the next one would meet it too.</summary>
    public static bool IsOfTheFile(SqliteException exception)
        => exception.SqliteErrorCode is Busy or ReadOnly or InputOutput or Full or CannotOpen or NotADatabase;

    /// <summary>The exception that a caller of the store sees.</summary>
    public static StoreException Translate(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        NotADatabase => new StoreRefusedException($"'{path}' is not an SQLite file, or its header is damaged. Name another file, or restore a backup.", exception),
        Corrupt => new StoreException(Damaged(path, exception.Message), exception),
        Full => new StoreException(
            $"SQLite file '{path}': {exception.Message}. {Sizes(path)} Nothing of this was written. Make space; the store needs no restart.", exception),
        InputOutput => new StoreException($"SQLite file '{path}': {exception.Message}. The disk did not do what it was asked. {Sizes(path)} Look at the system's log.", exception),
        ReadOnly => new StoreException($"SQLite file '{path}': {exception.Message}. Give this process write access to the file and to its directory.", exception),
        CannotOpen => new StoreException(
            $"SQLite file '{path}': {exception.Message}. The file has to be a file, or not there yet, and this process needs read and write access to it and to its directory.", exception),
        _ => new StoreException($"SQLite file '{path}': {exception.Message}", exception),
    };

    /// <summary>What to do with a file that is damaged.</summary>
    public static string Damaged(string path, string what)
        => $"SQLite file '{path}' is damaged: {what}. Stop what uses it and keep a copy of it and of its -wal. Then restore a backup, "
            + "or see with 'PRAGMA integrity_check' what is damaged and save what can be read with '.recover' of the sqlite3 shell.";

    private static string Sizes(string path)
    {
        try
        {
            var free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
            return $"The file has {Size(path):N0} bytes, its log {Size(path + "-wal"):N0}; free on the disk are {free:N0}.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"The file has {Size(path):N0} bytes, its log {Size(path + "-wal"):N0}.";
        }
    }

    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
