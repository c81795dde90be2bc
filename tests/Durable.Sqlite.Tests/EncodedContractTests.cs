using Durable.Storage.Contract;
using Durable.Storage.Contract.Faults;
using Durable.TestKit.Codecs;
using Xunit.Abstractions;

namespace Durable.Sqlite.Tests;

// Payload codecs around the store keep every promise of the store.
public sealed class EncodedContractTests() : StoreContract(new DecoratingStoreFactory(new SqliteStoreFactory(), EncodedStore.Around));

public sealed class EncodedDurabilityTests() : DurableStoreContract(new DecoratingStoreFactory(new SqliteStoreFactory(), EncodedStore.Around));

public sealed class EncodedSharingTests() : SharedStoreContract(new DecoratingStoreFactory(new SqliteStoreFactory(), EncodedStore.Around));

public sealed class EncodedModelTests(ITestOutputHelper output) : StoreModelTest(new DecoratingStoreFactory(SqliteStoreFactory.Fast(), EncodedStore.Around), output);

public sealed class EncodedFaultTests() : StoreFaults(new DecoratingStoreFactory(SqliteStoreFactory.Fast(), EncodedStore.Around));
