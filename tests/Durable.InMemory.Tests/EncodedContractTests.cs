using Durable.Storage.Contract;
using Durable.Storage.Contract.Faults;
using Durable.TestKit.Codecs;
using Xunit.Abstractions;

namespace Durable.InMemory.Tests;

// Payload codecs around the store keep every promise of the store.
public sealed class EncodedContractTests() : StoreContract(new DecoratingStoreFactory(new InMemoryStoreFactory(), EncodedStore.Around));

public sealed class EncodedModelTests(ITestOutputHelper output) : StoreModelTest(new DecoratingStoreFactory(new InMemoryStoreFactory(), EncodedStore.Around), output);

public sealed class EncodedFaultTests() : StoreFaults(new DecoratingStoreFactory(new InMemoryStoreFactory(), EncodedStore.Around));
