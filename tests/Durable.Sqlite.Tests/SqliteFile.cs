using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Durable.Sqlite.Tests;

/// <summary>A directory of a test's own with the path of a store in it.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("durable-sqlite-");

    public string Directory => _directory.FullName;

    public string Path => System.IO.Path.Combine(Directory, "runs.db");

    public SqliteStore Store(TimeProvider clock, ILogger<SqliteStore>? logger = null, SqliteStoreOptions? options = null)
        => new(Path, options ?? new SqliteStoreOptions(), clock, logger ?? NullLogger<SqliteStore>.Instance);

    public void Dispose() => _directory.Delete(recursive: true);
}
