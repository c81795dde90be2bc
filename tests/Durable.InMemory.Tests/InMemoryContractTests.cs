using Durable.Storage.Contract;
using Durable.Storage.Contract.Faults;
using Xunit.Abstractions;

namespace Durable.InMemory.Tests;

public sealed class InMemoryContractTests() : StoreContract(new InMemoryStoreFactory());

public sealed class InMemoryModelTests(ITestOutputHelper output) : StoreModelTest(new InMemoryStoreFactory(), output);

public sealed class InMemoryFaultTests() : StoreFaults(new InMemoryStoreFactory());

public sealed class InMemorySuites() : SuiteInventory(new InMemoryStoreFactory());
