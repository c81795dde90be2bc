using Durable.CompilerServices;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable;

/// <summary>Configures Durable: what <c>AddDurable(durable => ...)</c> hands out.</summary>
public sealed class DurableBuilder
{
    private readonly HashSet<Type> _modules = [];
    private readonly List<Func<IServiceProvider, IRunStore, IRunStore>> _decorators = [];

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
        Services.Replace(ServiceDescriptor.Singleton(provider => _decorators.Aggregate(store(provider), (inner, decorate) => decorate(provider, inner))));
        return this;
    }

    /// <summary>Puts something around the store, whichever is chosen before or after: to watch it, or to let it fail in a test. The last decorator is outermost.</summary>
    /// <param name="decorate">Makes the outer store from the inner one, which it disposes with itself.</param>
    public DurableBuilder DecorateStore(Func<IServiceProvider, IRunStore, IRunStore> decorate)
    {
        _decorators.Add(decorate);
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
