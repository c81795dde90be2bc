namespace Durable.Storage.Contract;

/// <summary>Makes in-memory stores: the reference that every suite is tried on.</summary>
public sealed class InMemoryStoreFactory : StoreFactory
{
    /// <inheritdoc/>
    public override IRunStore CreateEmpty(TimeProvider clock) => new InMemoryStore(clock);
}
