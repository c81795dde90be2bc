using Durable.Storage.Contract;
using Durable.Storage.Contract.Faults;
using Xunit.Abstractions;

namespace Durable.BrokenStores.Tests;

/// <summary>The suites of the store contract over an in-memory store with something around it.</summary>
internal static class Suites
{
    // Always the same sequences: whether the model finds a mistake must not depend on luck.
    static Suites() => Environment.SetEnvironmentVariable("DURABLE_MODEL_SEED", "1,3");

    public static SuiteRunner Requirements(Func<IRunStore, IRunStore> around) => new(() => new Requirement(Factory(around)));

    public static SuiteRunner Model(Func<IRunStore, IRunStore> around) => new(() => new ModelSequence(Factory(around)));

    /// <param name="around">What is between the faults and the store.</param>
    /// <param name="above">What is between the engine and the faults.</param>
    public static SuiteRunner Faults(Func<IRunStore, IRunStore> around, Func<IRunStore, IRunStore> above) => new(() => new FaultScenario(Factory(around), above));

    private static DecoratingStoreFactory Factory(Func<IRunStore, IRunStore> around) => new(new InMemoryStoreFactory(), around);

    private sealed class Requirement(StoreFactory factory) : StoreContract(factory);

    private sealed class ModelSequence(StoreFactory factory) : StoreModelTest(factory, new Unheard());

    private sealed class FaultScenario(StoreFactory factory, Func<IRunStore, IRunStore> above) : StoreFaults(factory)
    {
        protected override IRunStore Connect(IRunStore connection) => above(connection);
    }

    private sealed class Unheard : ITestOutputHelper
    {
        public void WriteLine(string message) { }

        public void WriteLine(string format, params object[] args) { }
    }
}
