using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable;

/// <summary>Chooses the in-memory store.</summary>
public static class InMemoryStoreExtensions
{
    /// <summary>Keeps runs in memory: for tests and trials. Everything is gone when the process ends.</summary>
    /// <param name="durable">The configuration.</param>
    /// <returns>The same configuration.</returns>
    public static DurableBuilder UseInMemory(this DurableBuilder durable)
        => durable.UseStore(services => new InMemoryStore(new SteadyClock(services.GetService<TimeProvider>() ?? TimeProvider.System)));
}
