using System.Reflection;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Runs what was generated for a loaded project.</summary>
internal static class GeneratedHost
{
    /// <summary>A host with the project's <c>AddWorkflows()</c> and the in-memory store.</summary>
    /// <param name="assembly">The project.</param>
    /// <param name="configure">What the application registers itself.</param>
    public static Task<DurableHost> StartAsync(Assembly assembly, Action<DurableBuilder>? configure = null)
    {
        var add = assembly.GetType("Durable.DurableWorkflowsExtensions")!.GetMethod("AddWorkflows")!;
        return DurableHost.StartAsync(durable =>
        {
            configure?.Invoke(durable);
            add.Invoke(null, [durable.UseInMemory()]);
        });
    }

    /// <summary>The call that a static method of the project makes.</summary>
    public static WorkflowCall Call(Assembly assembly, string type, string method)
        => assembly.GetType(type)!.GetMethod(method)!.Invoke(null, []) as WorkflowCall ?? throw new InvalidOperationException();
}
