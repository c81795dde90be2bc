namespace Durable.Sqlite;

/// <summary>A statement that is prepared when it is needed first: most processes never need it.</summary>
internal sealed class LateStatement(Func<string, SqliteStatement> prepare, string sql)
{
    private SqliteStatement? _statement;

    public SqliteStatement Value => _statement ??= prepare(sql);
}
