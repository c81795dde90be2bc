using Durable.Storage;
using Durable.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.InMemory.Tests;

public sealed class UseInMemoryTests
{
    [Fact]
    public async Task UseInMemory_registers_one_store_on_the_containers_clock()
    {
        var clock = new ManualClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDurableClient(durable => durable.UseInMemory());
        await using var provider = services.BuildServiceProvider();

        var store = Assert.IsType<InMemoryStore>(provider.GetRequiredService<IRunStore>());
        var run = new NewRun { RunId = "run", Workflow = new WorkflowIdentity("Order", 1), Input = default, Fingerprint = 0 };
        var created = await store.CreateRunAsync(run, default);

        Assert.Same(store, provider.GetRequiredService<IRunStore>());
        Assert.Equal(clock.GetUtcNow(), created.Run.CreatedAt);
    }
}
