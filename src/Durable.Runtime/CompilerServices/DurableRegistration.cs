using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable.CompilerServices;

/// <summary>Takes what a module registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DurableRegistration
{
    private readonly IServiceCollection _services;
    private readonly List<WorkflowDefinition> _workflows;

    internal DurableRegistration(IServiceCollection services, List<WorkflowDefinition> workflows)
    {
        _services = services;
        _workflows = workflows;
    }

    /// <summary>Adds a workflow.</summary>
    /// <param name="workflow">The definition.</param>
    public void AddWorkflow(WorkflowDefinition workflow) => _workflows.Add(workflow);

    /// <summary>Adds a class that holds workflows or steps, one instance an incarnation, unless the application registered it itself.</summary>
    /// <typeparam name="TService">The class.</typeparam>
    public void AddService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>()
        where TService : class => _services.TryAddScoped<TService>();

    /// <summary>Adds a generic class that holds steps, closed where it is injected: one instance of each closed type an incarnation, unless the application registered it itself.</summary>
    /// <param name="service">The class, without arguments for its type parameters.</param>
    public void AddOpenService([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type service) => _services.TryAddScoped(service);
}
