using Durable.Storage;

namespace Durable.Sqlite.Tests;

public sealed class SqliteStoreContractTests : StoreContract.StoreContract
{
    private readonly SqliteFile _file = new();

    protected override IRunStore CreateStore(TimeProvider clock) => _file.Store(clock);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _file.Dispose();
    }
}
