using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Durable.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable.CompilerServices;

/// <summary>Takes what a module registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DurableRegistration
{
    private readonly IServiceCollection _services;
    private readonly List<WorkflowDefinition> _workflows;
    private readonly SensitiveResults _sensitive;

    internal DurableRegistration(IServiceCollection services, List<WorkflowDefinition> workflows, SensitiveResults sensitive)
    {
        _services = services;
        _workflows = workflows;
        _sensitive = sensitive;
    }

    /// <summary>Adds a workflow.</summary>
    /// <param name="workflow">The definition.</param>
    public void AddWorkflow(WorkflowDefinition workflow) => _workflows.Add(workflow);

    /// <summary>Adds a step whose result is, or holds, what is sensitive.</summary>
    /// <param name="step">The step's name, or one that it had; null for inline steps whose name the build does not know.</param>
    /// <param name="result">How the result is stored; null where the module cannot name it.</param>
    public void AddSensitiveResult(string? step, PayloadType? result) => _sensitive.Add(step, result);

    /// <summary>Adds a class that holds workflows or steps, one instance an incarnation, unless the application registered it itself.</summary>
    /// <typeparam name="TService">The class.</typeparam>
    public void AddService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>()
        where TService : class => _services.TryAddScoped<TService>();

    /// <summary>Adds a generic class that holds steps, closed where it is injected: one instance of each closed type an incarnation, unless the application registered it itself.</summary>
    /// <param name="service">The class, without arguments for its type parameters.</param>
    public void AddOpenService([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type service) => _services.TryAddScoped(service);
}
