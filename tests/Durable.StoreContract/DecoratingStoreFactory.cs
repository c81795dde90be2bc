namespace Durable.Storage.Contract;

/// <summary>Puts a decorator around every store that another factory makes: to break them on purpose, or to watch them.</summary>
/// <param name="inner">Makes the stores.</param>
/// <param name="decorate">Puts something around one.</param>
public sealed class DecoratingStoreFactory(StoreFactory inner, Func<IRunStore, IRunStore> decorate) : StoreFactory
{
    /// <inheritdoc/>
    public override bool IsDurable => inner.IsDurable;

    /// <inheritdoc/>
    public override bool AllowsManyOpenings => inner.AllowsManyOpenings;

    /// <inheritdoc/>
    public override bool AllowsManyWorkers => inner.AllowsManyWorkers;

    /// <inheritdoc/>
    public override IRunStore CreateEmpty(TimeProvider clock) => decorate(inner.CreateEmpty(clock));

    /// <inheritdoc/>
    public override IRunStore OpenAgain(TimeProvider clock) => decorate(inner.OpenAgain(clock));

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
