using Durable.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Durable.Sqlite.Tests;

/// <summary>A directory of a test's own with the path of a store in it.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Directory => _folder.Path;

    public string Path => _folder.File("runs.db");

    public SqliteStore Store(TimeProvider clock, LogSink? log = null, SqliteStoreOptions? options = null)
        => new(Path, options ?? new SqliteStoreOptions(), clock, new Logger<SqliteStore>((ILoggerFactory?)log ?? NullLoggerFactory.Instance));

    public void Dispose() => _folder.Dispose();
}
