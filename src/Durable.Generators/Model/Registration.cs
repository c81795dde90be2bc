using Durable.Collections;

namespace Durable.Generators.Model;

/// <summary>What the assembly's module registers of one type.</summary>
/// <param name="Container">The type.</param>
/// <param name="Workflows">The generated classes that hold the definitions of its workflows.</param>
internal sealed record Registration(ContainerModel Container, EquatableArray<string> Workflows)
{
    /// <summary>What there is to register; null for nothing.</summary>
    public static Registration? Of(ContainerGroup group)
    {
        var bodies = group.Declarations.Select(declaration => declaration.Body).OfType<BodyModel>().ToList();
        if (bodies.Count == 0 || group.Container.IsGeneric)
            return null;
        return new Registration(group.Container, bodies.OfType<WorkflowModel>().Select(workflow => workflow.GeneratedType).ToEquatableArray());
    }
}
