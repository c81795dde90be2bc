using Durable.Hosting;
using Durable.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Durable;

/// <summary>A client and a worker without an application host: for tools, tests and first steps.</summary>
public sealed class DurableHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DurableHostedService _worker;

    private DurableHost(ServiceProvider services)
    {
        _services = services;
        _worker = new DurableHostedService(services.GetRequiredService<Worker>());
        Client = services.GetRequiredService<IDurableClient>();
    }

    /// <summary>Starts runs and finds them again.</summary>
    public IDurableClient Client { get; }

    /// <summary>The services that workflows and steps get.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Opens the store and starts a worker.</summary>
    /// <param name="configure">Chooses the store and adds workflows; further services go to <see cref="DurableBuilder.Services"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="InvalidOperationException">No store was chosen, or two workflows have one name and version.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<DurableHost> StartAsync(Action<DurableBuilder> configure, CancellationToken cancellationToken = default)
    {
        var services = new ServiceCollection().AddDurable(configure).BuildServiceProvider();
        try
        {
            var host = new DurableHost(services);
            await host._worker.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shuts the worker down, gives its runs back, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
