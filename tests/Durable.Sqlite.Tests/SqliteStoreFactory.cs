using Durable.Storage;
using Durable.Storage.Contract;

namespace Durable.Sqlite.Tests;

/// <summary>Makes stores in files of their own.</summary>
internal sealed class SqliteStoreFactory : StoreFactory
{
    private readonly List<SqliteFile> _files = [];

    public override bool IsDurable => true;

    public override bool AllowsManyOpenings => true;

    public override bool AllowsManyWorkers => false;

    public override IRunStore CreateEmpty(TimeProvider clock)
    {
        _files.Add(new SqliteFile());
        return OpenAgain(clock);
    }

    public override IRunStore OpenAgain(TimeProvider clock) => _files[^1].Store(clock);

    public override ValueTask DisposeAsync()
    {
        _files.ForEach(file => file.Dispose());
        return default;
    }
}
