using Durable.Storage.Contract;
using Durable.Storage.Contract.Faults;
using Xunit.Abstractions;

namespace Durable.Sqlite.Tests;

public sealed class SqliteContractTests() : StoreContract(new SqliteStoreFactory());

public sealed class SqliteDurabilityTests() : DurableStoreContract(new SqliteStoreFactory());

public sealed class SqliteSharingTests() : SharedStoreContract(new SqliteStoreFactory());

public sealed class SqliteModelTests(ITestOutputHelper output) : StoreModelTest(SqliteStoreFactory.Fast(), output);

public sealed class SqliteFaultTests() : StoreFaults(SqliteStoreFactory.Fast());

public sealed class SqliteSuites() : SuiteInventory(new SqliteStoreFactory());
