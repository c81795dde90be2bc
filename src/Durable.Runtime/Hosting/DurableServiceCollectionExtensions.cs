using Durable.Client;
using Durable.Execution;
using Durable.Hosting;
using Durable.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Durable;

/// <summary>Adds Durable to an application.</summary>
public static class DurableServiceCollectionExtensions
{
    /// <summary>Adds the client and a worker that runs as a hosted service. Call once; a second call adds to the first.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Chooses the store and adds workflows: <c>durable => durable.UseSqlite("app.db").AddWorkflows()</c>.</param>
    /// <exception cref="InvalidOperationException">When the host starts: no store was chosen, or two workflows have one name and version.</exception>
    public static IServiceCollection AddDurable(this IServiceCollection services, Action<DurableBuilder> configure)
    {
        services.AddDurableClient(configure);
        services.TryAddSingleton(provider => new Worker(provider.GetRequiredService<Engine>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DurableHostedService>());
        return services;
    }

    /// <summary>Adds the client without a worker: this process starts runs and reads them, another one executes them.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Chooses the store and adds workflows.</param>
    public static IServiceCollection AddDurableClient(this IServiceCollection services, Action<DurableBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<DurableOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DurableOptions>, DurableOptionsValidator>());
        services.TryAddSingleton(EngineFactory.Create);
        services.TryAddSingleton<IDurableClient>(provider => new DurableClient(provider.GetRequiredService<Engine>()));
        configure(Builder(services));
        return services;
    }

    // One builder an application, so that modules are added once however often AddDurable is called.
    private static DurableBuilder Builder(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(DurableBuilder))?.ImplementationInstance is DurableBuilder builder)
            return builder;
        builder = new DurableBuilder(services);
        services.AddSingleton(builder);
        return builder;
    }
}
