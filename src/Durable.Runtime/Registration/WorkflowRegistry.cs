using System.Diagnostics.CodeAnalysis;
using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Registration;

/// <summary>The workflows this process knows.</summary>
internal sealed class WorkflowRegistry
{
    private readonly Dictionary<WorkflowIdentity, WorkflowDefinition> _definitions = [];
    private readonly StepResults _stepResults;

    /// <exception cref="InvalidOperationException">Two workflows have one name and version.</exception>
    public WorkflowRegistry(IEnumerable<WorkflowDefinition> definitions, SensitiveResults? sensitiveResults = null, StepResults? stepResults = null)
    {
        SensitiveResults = sensitiveResults ?? new SensitiveResults();
        _stepResults = stepResults ?? new StepResults();
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

    /// <summary>The steps whose results are not shown as they are stored.</summary>
    public SensitiveResults SensitiveResults { get; }

    public IReadOnlyCollection<WorkflowDefinition> Definitions => _definitions.Values;

    public IReadOnlyCollection<WorkflowIdentity> Identities => _definitions.Keys;

    public bool TryGet(WorkflowIdentity identity, [MaybeNullWhen(false)] out WorkflowDefinition definition) => _definitions.TryGetValue(identity, out definition);

    /// <summary>What a call starts: the highest version registered here, which need not be the one that the call was made for. Arguments are stored by name, so that newer versions can read them.</summary>
    public WorkflowDefinition HighestVersionOf(WorkflowCall call)
    {
        var definition = _definitions.Values.Where(candidate => candidate.Name == call.Definition.Name).MaxBy(candidate => candidate.Version);
        return definition is null || definition.Version <= call.Definition.Version ? call.Definition : definition;
    }

    /// <summary>Refuses a new run of a version that is not the call's own and that the call does not fit.</summary>
    /// <exception cref="PayloadException">That version cannot read the call's arguments.</exception>
    /// <exception cref="InvalidOperationException">That version has another result than the caller waits for.</exception>
    public static void CheckFits(WorkflowCall call, WorkflowDefinition definition)
    {
        var what = $"A call of workflow '{definition.Name}' starts its highest version, {definition.Version}";
        if (definition.ResultPayload.GetType() != call.Definition.ResultPayload.GetType())
            throw new InvalidOperationException($"{what}, whose result is another than version {call.Definition.Version} has. Make the call with {definition.CallFactory}, or give the new code a name of its own.");
        try
        {
            definition.ReadArguments(call.Input.Span);
        }
        catch (PayloadException exception)
        {
            throw new PayloadException($"{what}, which cannot read the arguments of version {call.Definition.Version}: {exception.Message} Give new parameters a default, or make the call with {definition.CallFactory}.", exception);
        }
    }

    /// <summary>The stored form of a value as the result of one of a run's steps.</summary>
    /// <exception cref="ArgumentException">The step has a result of another type.</exception>
    /// <exception cref="InvalidOperationException">The workflow, or the step, is not registered here.</exception>
    /// <exception cref="PayloadException">The value cannot be stored.</exception>
    public ReadOnlyMemory<byte> WriteStepResult<T>(RunRecord run, string stepId, T value)
        => _stepResults.Write(Of(run), this, stepId, value);

    /// <summary>How the result of a run is stored, for a handle that was made from nothing but the run's id.</summary>
    /// <exception cref="InvalidOperationException">The workflow is not registered here, or has another result.</exception>
    public PayloadType<TResult> ResultOf<TResult>(RunRecord run)
    {
        var definition = Of(run);
        return definition.ResultPayload as PayloadType<TResult>
            ?? throw new InvalidOperationException($"Run '{run.RunId}' is of workflow '{run.Workflow.Name}' (version {run.Workflow.Version}), whose result is not '{typeof(TResult)}'. Ask for the declared type: {definition.Declaration}.");
    }

    /// <summary>How a value of a type is stored in a run, by the contracts of its workflow's assembly.</summary>
    /// <param name="run">The run.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="InvalidOperationException">The workflow is not registered here.</exception>
    /// <exception cref="PayloadException">The assembly has no contract of that type.</exception>
    public PayloadType<T> PayloadOf<T>(RunRecord run, string what) => Execution.InlineStep.PayloadOf<T>(Of(run), holdsSensitive: false)
        ?? throw new PayloadException($"{what} was given as a '{typeof(T)}', which the assembly of workflow '{run.Workflow.Name}' does not store. Give the type that the workflow names at its call.");

    private WorkflowDefinition Of(RunRecord run) => TryGet(run.Workflow, out var definition)
        ? definition
        : throw new InvalidOperationException($"Run '{run.RunId}' is of workflow '{run.Workflow.Name}' (version {run.Workflow.Version}), which is not registered here. Call AddWorkflows() in the assembly that references it.");
}
