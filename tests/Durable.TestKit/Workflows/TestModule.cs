using Durable.CompilerServices;

namespace Durable.TestKit.Workflows;

/// <summary>Registers definitions as a generated module would.</summary>
public sealed class TestModule(params WorkflowDefinition[] workflows) : DurableModule
{
    public override void Register(DurableRegistration registration)
    {
        foreach (var workflow in workflows)
            registration.AddWorkflow(workflow);
        // Inline steps of any name and result.
        registration.AddInlineStep(null, null);
    }
}
