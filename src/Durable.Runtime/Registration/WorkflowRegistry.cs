using System.Diagnostics.CodeAnalysis;
using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Registration;

/// <summary>The workflows this process knows.</summary>
internal sealed class WorkflowRegistry
{
    private readonly Dictionary<WorkflowIdentity, WorkflowDefinition> _definitions = [];

    /// <exception cref="InvalidOperationException">Two workflows have one name and version.</exception>
    public WorkflowRegistry(IEnumerable<WorkflowDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            var identity = new WorkflowIdentity(definition.Name, definition.Version);
            if (!_definitions.TryAdd(identity, definition))
            {
                throw new InvalidOperationException(
                    $"Two workflows are named '{definition.Name}' (version {definition.Version}): {_definitions[identity].Declaration} and {definition.Declaration}. Give one of them another name, [Workflow(\"...\")], or version.");
            }
        }
    }

    public IReadOnlyCollection<WorkflowIdentity> Identities => _definitions.Keys;

    public bool TryGet(WorkflowIdentity identity, [MaybeNullWhen(false)] out WorkflowDefinition definition) => _definitions.TryGetValue(identity, out definition);

    /// <summary>How the result of a run is stored, for a handle that was made from nothing but the run's id.</summary>
    /// <exception cref="InvalidOperationException">The workflow is not registered here, or has another result.</exception>
    public PayloadType<TResult> ResultOf<TResult>(RunRecord run)
    {
        if (!TryGet(run.Workflow, out var definition))
            throw new InvalidOperationException($"Run '{run.RunId}' is of workflow '{run.Workflow.Name}' (version {run.Workflow.Version}), which is not registered here. Call AddWorkflows() in the assembly that references it.");
        return definition.ResultPayload as PayloadType<TResult>
            ?? throw new InvalidOperationException($"Run '{run.RunId}' is of workflow '{run.Workflow.Name}', whose result is not '{typeof(TResult)}'. Ask for the declared type: {definition.Declaration}.");
    }
}
