namespace Durable.Storage.Contract;

/// <summary>Looks whether a store's test project has a class line for every suite that is made for its kind of store: one that is forgotten fails here, and is not merely absent.</summary>
/// <param name="factory">Makes the store under test.</param>
public abstract class SuiteInventory(StoreFactory factory)
{
    [Fact]
    public async Task Every_suite_for_this_kind_of_store_has_its_class_line()
    {
        await using var made = factory;
        var lines = GetType().Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false }).ToArray();

        var missing = typeof(SuiteInventory).Assembly.GetExportedTypes().Where(IsSuiteFor).Where(suite => !lines.Any(line => line.IsSubclassOf(suite)));

        Assert.Empty(missing.Select(suite => suite.Name));
    }

    /// <summary>A suite is an abstract class with tests that a factory is given to.</summary>
    private bool IsSuiteFor(Type type)
        => type.IsAbstract
            && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            && (type != typeof(DurableStoreContract) || factory.IsDurable)
            && (type != typeof(SharedStoreContract) || factory.AllowsManyOpenings);
}
