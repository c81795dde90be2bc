using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Hosting;

/// <summary>What stands around the store that an application chose.</summary>
public sealed class StoreDecorationTests
{
    [Fact]
    public void A_decorator_stands_around_the_store_that_is_chosen_after_it()
        => Assert.IsType<HookedStore>(Store(durable => durable.DecorateStore((_, store) => new HookedStore(store)).UseInMemory()));

    [Fact]
    public void A_decorator_stands_around_the_store_that_was_chosen_before_it()
        => Assert.IsType<HookedStore>(Store(durable => durable.UseInMemory().DecorateStore((_, store) => new HookedStore(store))));

    [Fact]
    public void The_last_decorator_is_outermost()
    {
        var order = new List<string>();
        Store(durable => durable.UseInMemory().DecorateStore((_, store) => Note("inner", store)).DecorateStore((_, store) => Note("outer", store)));
        Assert.Equal(["inner", "outer"], order);

        IRunStore Note(string name, IRunStore store)
        {
            order.Add(name);
            return store;
        }
    }

    private static IRunStore Store(Action<DurableBuilder> configure)
        => new ServiceCollection().AddDurable(configure).BuildServiceProvider().GetRequiredService<IRunStore>();
}
