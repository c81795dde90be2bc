using Durable.Storage;
using Durable.Storage.Contract;

namespace Durable.Sqlite.Tests;

/// <summary>Makes stores in files of their own.</summary>
internal sealed class SqliteStoreFactory(SqliteStoreOptions? options = null) : StoreFactory
{
    /// <summary>Stores that do not wait for the disk: for suites that are about answers, and ask for many.</summary>
    public static SqliteStoreFactory Fast() => new(new SqliteStoreOptions { Synchronous = SqliteSynchronous.Normal });

    private readonly List<SqliteFile> _files = [];

    public override bool IsDurable => true;

    public override bool AllowsManyOpenings => true;

    public override bool AllowsManyWorkers => false;

    public override IRunStore CreateEmpty(TimeProvider clock)
    {
        _files.Add(new SqliteFile());
        return OpenAgain(clock);
    }

    public override IRunStore OpenAgain(TimeProvider clock) => _files[^1].Store(clock, options: options);

    public override ValueTask DisposeAsync()
    {
        _files.ForEach(file => file.Dispose());
        return default;
    }
}
