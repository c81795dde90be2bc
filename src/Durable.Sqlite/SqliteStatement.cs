using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Durable.Sqlite;

/// <summary>A statement prepared once and run many times, on one thread. Parameters are numbered from 1, columns from 0.</summary>
/// <remarks>On SQLitePCLRaw directly: on the write path an ADO.NET command with its named, boxed parameters costs more than SQLite itself (docs/decisions/0010).</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 768;

    // A lone surrogate has no UTF-8 form. Replacing it would make two ids one, so it is refused.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, DateTimeOffset value) => Bind(parameter, value.UtcTicks);

    public void Bind(int parameter, long? value)
    {
        if (value is { } given)
            Bind(parameter, given);
        else
            BindNull(parameter);
    }

    public void Bind(int parameter, double? value) => Check(value is { } given ? raw.sqlite3_bind_double(_statement, parameter, given) : raw.sqlite3_bind_null(_statement, parameter));

    public void Bind(int parameter, string text)
    {
        // SQLitePCLRaw turns an empty span into NULL.
        if (text.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, parameter, utf8z.FromString("")));
            return;
        }

        Span<byte> bytes = s_utf8.GetMaxByteCount(text.Length) is var most && most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..s_utf8.GetBytes(text, bytes)]));
    }

    /// <summary>Binds what lies behind every text that begins with the prefix and before every other text behind it: its bytes, and one that no text has.</summary>
    public void BindPrefixEnd(int parameter, string prefix)
    {
        Span<byte> bytes = s_utf8.GetMaxByteCount(prefix.Length) is var most && most < StackBytes ? stackalloc byte[StackBytes] : new byte[most + 1];
        var length = s_utf8.GetBytes(prefix, bytes);
        bytes[length] = 0xFF;
        Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..(length + 1)]));
    }

    /// <summary>Binds a payload; an empty one is stored as NULL.</summary>
    public void Bind(int parameter, ReadOnlyMemory<byte> payload)
        => Check(payload.IsEmpty ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_blob(_statement, parameter, payload.Span));

    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(_statement, parameter));

    /// <summary>Moves to the next row; false, and ready to be bound again, when there is none.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Ends a read before its last row.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        Read();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs a statement whose failure changes nothing for its caller.</summary>
    public void TryExecute()
    {
        raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public int Int(int column) => raw.sqlite3_column_int(_statement, column);

    public DateTimeOffset Time(int column) => new(Long(column), TimeSpan.Zero);

    /// <summary>The time, or the nearest that is one.</summary>
    public DateTimeOffset TimeAsFarAsReadable(int column) => new(Math.Clamp(Long(column), 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    /// <summary>The text, also what comes after a NUL in it.</summary>
    public string Text(int column) => s_utf8.GetString(raw.sqlite3_column_blob(_statement, column));

    /// <summary>The text of a row that is damaged, for a message.</summary>
    public string TextAsFarAsReadable(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public ReadOnlyMemory<byte> Payload(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}
