using Durable.Storage.Contract;

namespace Durable.Sqlite.Tests;

public sealed class SqliteContractTests() : StoreContract(new SqliteStoreFactory());

public sealed class SqliteDurabilityTests() : DurableStoreContract(new SqliteStoreFactory());
