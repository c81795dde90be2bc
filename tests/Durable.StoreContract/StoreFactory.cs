namespace Durable.Storage.Contract;

/// <summary>
/// Makes the stores that a suite tests: the one thing that a store's test project writes. Every suite takes a factory of its own for every test,
/// and disposes it after the stores that it made.
/// </summary>
/// <example>
/// <code>
/// public sealed class AcmeContractTests() : StoreContract(new AcmeStoreFactory());
/// </code>
/// </example>
public abstract class StoreFactory : IAsyncDisposable
{
    /// <summary>True when what was written outlives the store object: <see cref="OpenAgain"/> works once the store is disposed.</summary>
    public virtual bool IsDurable => false;

    /// <summary>True when the same data may be open twice at a time, as by two processes: <see cref="OpenAgain"/> works beside a living store.</summary>
    public virtual bool AllowsManyOpenings => false;

    /// <summary>
    /// True when many processes may work the runs of one store at once, each waiting for the leases of the others. False when one works at a time, and
    /// <see cref="IRunStore.EnterAsWorkerAsync"/> makes what its dead predecessor left running claimable at once.
    /// </summary>
    public virtual bool AllowsManyWorkers => true;

    /// <summary>Makes a store with no runs in it, not yet initialized. Called again, it makes another one, with data of its own.</summary>
    /// <param name="clock">The store's clock.</param>
    public abstract IRunStore CreateEmpty(TimeProvider clock);

    /// <summary>Opens the data of the store that <see cref="CreateEmpty"/> made last, not yet initialized, as another process would.</summary>
    /// <param name="clock">The clock of this opening.</param>
    /// <exception cref="NotSupportedException">The store is neither durable nor allows many openings.</exception>
    public virtual IRunStore OpenAgain(TimeProvider clock)
        => throw new NotSupportedException($"{GetType().Name} makes stores that cannot be opened again.");

    /// <summary>Removes what the stores left behind: files, databases. All of them are disposed by then.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
