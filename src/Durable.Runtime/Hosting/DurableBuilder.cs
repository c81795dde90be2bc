using Durable.CompilerServices;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable;

/// <summary>Configures Durable: what <c>AddDurable(durable => ...)</c> hands out.</summary>
public sealed class DurableBuilder
{
    private readonly HashSet<Type> _modules = [];

    internal DurableBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    internal List<WorkflowDefinition> Workflows { get; } = [];

    internal List<Guid> Builds { get; } = [];

    /// <summary>Changes the options of worker and runs.</summary>
    /// <param name="configure">Sets them.</param>
    public DurableBuilder Configure(Action<DurableOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Uses a store. The last call counts.</summary>
    /// <param name="store">Makes the store, which the container disposes.</param>
    public DurableBuilder UseStore(Func<IServiceProvider, IRunStore> store)
    {
        Services.Replace(ServiceDescriptor.Singleton(store));
        return this;
    }

    /// <summary>Adds a generated module; the generated <c>AddWorkflows()</c> calls this. Adding one twice does nothing.</summary>
    /// <param name="module">The module.</param>
    public DurableBuilder AddModule(DurableModule module)
    {
        if (_modules.Add(module.GetType()))
        {
            Builds.Add(module.GetType().Module.ModuleVersionId);
            module.Register(new DurableRegistration(Services, Workflows));
        }

        return this;
    }
}
