namespace Durable.Storage.Contract;

/// <summary>
/// What <see cref="IRunStore"/> promises, as numbered requirements. A store's test project inherits this class once and gets every requirement.
/// 1xx create, 2xx claim, 3xx commit, 4xx leases, 5xx resume, cancel and decide, 6xx payloads and ids, 7xx reading, 8xx concurrency, 9xx operations, 11xx calls, 13xx limits, 14xx texts, 16xx inbox, 17xx requests, 18xx children, 19xx what runs show, 20xx going on anew.
/// What outlives the process is in <see cref="DurableStoreContract"/>.
/// </summary>
/// <param name="factory">Makes the store under test.</param>
public abstract partial class StoreContract(StoreFactory factory) : StoreSuite(factory);
