using Durable.Storage.Contract;

namespace Durable.InMemory.Tests;

public sealed class InMemoryContractTests() : StoreContract(new InMemoryStoreFactory());
