using Durable.Execution;
using Durable.Hosting;
using Durable.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Durable;

/// <summary>A client and a worker without an application host: for tools, tests and first steps.</summary>
public sealed class DurableHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ServiceProvider _services;
    private readonly Engine _engine;
    private readonly DurableHostedService _worker;
    private Task? _disposed;

    private DurableHost(ServiceProvider services)
    {
        _services = services;
        _engine = services.GetRequiredService<Engine>();
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
    public static Task<DurableHost> StartAsync(Action<DurableBuilder> configure, CancellationToken cancellationToken = default)
    {
        var services = new ServiceCollection().AddDurable(configure).BuildServiceProvider();
        // On the engine's scheduler, like everything else: the caller may block its own context meanwhile.
        var scheduler = (services.GetService<EngineSeams>() ?? EngineSeams.Machine).Scheduler;
        return Task.Factory.StartNew(() => StartAsync(services, cancellationToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
    }

    /// <summary>Shuts the worker down, gives its runs back, and closes the store. A second call waits for the first.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
            return new ValueTask(_disposed ??= _engine.Start(StopAsync));
    }

    private static async Task<DurableHost> StartAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
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

    private async Task StopAsync()
    {
        await _worker.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
