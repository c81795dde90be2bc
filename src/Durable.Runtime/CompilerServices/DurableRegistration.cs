using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Durable.CompilerServices;

/// <summary>Takes what a module registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DurableRegistration
{
    private readonly DurableBuilder _builder;

    internal DurableRegistration(DurableBuilder builder) => _builder = builder;

    /// <summary>Adds a workflow.</summary>
    /// <param name="workflow">The definition.</param>
    public void AddWorkflow(WorkflowDefinition workflow) => _builder.Workflows.Add(workflow);

    /// <summary>Adds a step whose result is, or holds, what is sensitive.</summary>
    /// <param name="step">The step's name, or one that it had; null for inline steps whose name the build does not know.</param>
    /// <param name="result">How the result is stored; null where the module cannot name it.</param>
    public void AddSensitiveResult(string? step, PayloadType? result) => _builder.SensitiveResults.Add(step, result);

    /// <summary>Adds the steps of a type that declares no workflow; those of others are found by their workflows (<see cref="WorkflowDefinition.Steps"/>).</summary>
    /// <param name="steps">Gives the definitions.</param>
    public void AddSteps(Func<StepDefinition[]> steps) => _builder.StepResults.Add(steps);

    /// <summary>Adds a step whose definition the module cannot name, because its type is generic.</summary>
    /// <param name="step">The step's name, or one that it had.</param>
    /// <param name="result">Gives how the result is stored.</param>
    public void AddStepResult(string step, Func<PayloadType> result) => _builder.StepResults.Add(step, result);

    /// <summary>Adds an inline step.</summary>
    /// <param name="step">The step's name; null where the build does not know it.</param>
    /// <param name="result">Gives how the result is stored; null where the build does not know its type.</param>
    public void AddInlineStep(string? step, Func<PayloadType>? result) => _builder.StepResults.AddInline(step, result);

    /// <summary>Adds an exception type that comes back with its data.</summary>
    /// <typeparam name="TError">The type.</typeparam>
    /// <param name="data">How its data is stored.</param>
    public void AddError<TError>(PayloadType<TError> data)
        where TError : Exception => _builder.Errors.Add(data);

    /// <summary>Adds a class that holds workflows or steps, one instance an incarnation, unless the application registered it itself.</summary>
    /// <typeparam name="TService">The class.</typeparam>
    public void AddService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>()
        where TService : class => _builder.Services.TryAddScoped<TService>();

    /// <summary>Adds a generic class that holds steps, closed where it is injected: one instance of each closed type an incarnation, unless the application registered it itself.</summary>
    /// <param name="service">The class, without arguments for its type parameters.</param>
    public void AddOpenService([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type service) => _builder.Services.TryAddScoped(service);

    /// <summary>Says that a declaration needs a registered retry policy. A host that lacks it does not start.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="declaration">What needs it, for the message: <c>Namespace.Type.Method (Assembly)</c>.</param>
    public void NeedRetryPolicy(string policy, string declaration) => _builder.NeededRetryPolicies.Add((policy, declaration));
}
