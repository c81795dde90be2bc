using Durable.Testing;

namespace Durable.Storage.Contract.Model;

/// <summary>A store under test that some sequences share, and its clock.</summary>
internal sealed class ModelStore : IAsyncDisposable
{
    private readonly StoreFactory _factory;

    private ModelStore(StoreFactory factory)
    {
        _factory = factory;
        Store = factory.CreateEmpty(Clock);
    }

    public ManualClock Clock { get; } = new();

    public IRunStore Store { get; private set; }

    public bool AllowsManyWorkers => _factory.AllowsManyWorkers;

    public static async Task<ModelStore> OpenAsync(StoreFactory factory)
    {
        var store = new ModelStore(factory);
        await store.EnterAsync();
        return store;
    }

    /// <summary>Closes the store and opens it again; false, and nothing happens, for one that is not durable.</summary>
    public async Task<bool> TryReopenAsync()
    {
        if (!_factory.IsDurable)
            return false;
        await Store.DisposeAsync();
        Store = _factory.OpenAgain(Clock);
        await EnterAsync();
        return true;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async Task EnterAsync()
    {
        await Store.InitializeAsync(default);
        await Store.EnterAsWorkerAsync(default);
    }
}
