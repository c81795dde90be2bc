using Durable.Storage;

namespace Durable.InMemory.Tests;

public sealed class InMemoryStoreTests : StoreContract.StoreContract
{
    protected override IRunStore CreateStore(TimeProvider clock) => new InMemoryStore(clock);
}
