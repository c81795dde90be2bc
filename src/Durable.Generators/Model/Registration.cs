using Durable.Collections;

namespace Durable.Generators.Model;

/// <summary>What the assembly's module registers of one type.</summary>
/// <param name="Namespace">The namespace of the types.</param>
/// <param name="Types">The types to register it from, outermost first, for private types can be named only from within; none for a generic type, of whose members nothing can be named.</param>
/// <param name="Service">The class to take from dependency injection; null for none.</param>
/// <param name="IsOpen">True when the class is closed where it is injected.</param>
/// <param name="Workflows">The definitions of its workflows.</param>
/// <param name="Steps">The definitions of its steps where no workflow tells them.</param>
/// <param name="StepResults">The steps whose definitions cannot be named, because the type is generic.</param>
/// <param name="SensitiveResults">The steps and signals whose results are masked where payloads are shown.</param>
/// <param name="Policies">The retry policies that it needs by name.</param>
internal sealed record Registration(
    string Namespace, EquatableArray<TypePart> Types, string? Service, bool IsOpen, EquatableArray<string> Workflows, EquatableArray<string> Steps, EquatableArray<StepResult> StepResults, EquatableArray<SensitiveResult> SensitiveResults, EquatableArray<NeededPolicy> Policies)
{
    /// <summary>What there is to register; null for nothing.</summary>
    public static Registration? Of(ContainerGroup group)
    {
        var container = group.Container;
        var bodies = group.Declarations.Select(declaration => declaration.Body).OfType<BodyModel>().ToList();
        var signals = group.Declarations.Select(declaration => declaration.Body).OfType<SignalModel>().ToList();
        var sensitive = signals.SelectMany(signal => SensitiveResult.Of(signal, container)).Distinct().ToList();
        if (bodies.Count == 0 && sensitive.Count == 0 && !(container.IsService && signals.Count > 0))
            return null;
        var steps = bodies.OfType<StepModel>().ToList();
        var isLibrary = steps.Count == bodies.Count;
        return new Registration(
            container.Namespace,
            container.Types.TakeWhile(type => !type.IsGeneric).ToEquatableArray(),
            !container.IsService ? null : container.IsGeneric ? container.OpenName : container.FullName,
            container.IsGeneric,
            bodies.OfType<WorkflowModel>().Select(workflow => workflow.DefinitionName).ToEquatableArray(),
            isLibrary && !container.IsGeneric ? steps.Select(step => step.DefinitionName).ToEquatableArray() : [],
            container.IsGeneric ? steps.SelectMany(step => StepResult.Of(step, container)).ToEquatableArray() : [],
            steps.SelectMany(step => SensitiveResult.Of(step, container)).Concat(sensitive).ToEquatableArray(),
            bodies.Where(body => body.Retry?.Policy is not null).Select(body => new NeededPolicy(body.Retry!.Policy!, body.Declaration)).ToEquatableArray());
    }
}

/// <summary>A retry policy that the host has to register.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declaration">What needs it.</param>
internal sealed record NeededPolicy(string Name, string Declaration);
