using Durable.Storage.Contract;
using Xunit.Abstractions;

namespace Durable.Sqlite.Tests;

public sealed class SqliteContractTests() : StoreContract(new SqliteStoreFactory());

public sealed class SqliteDurabilityTests() : DurableStoreContract(new SqliteStoreFactory());

public sealed class SqliteModelTests(ITestOutputHelper output) : StoreModelTest(SqliteStoreFactory.Fast(), output);
