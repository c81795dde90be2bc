using Durable.CompilerServices;
using Durable.Execution;
using Durable.Registration;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Client;

/// <summary>The payloads of a run as they may be shown. What nothing is known about is withheld.</summary>
internal sealed class ShownRun
{
    private readonly RunRecord _run;
    private readonly SensitiveResults _steps;
    private readonly WorkflowDefinition? _definition;

    public ShownRun(RunRecord run, WorkflowRegistry workflows, bool showsAll)
    {
        _run = run;
        _steps = workflows.SensitiveResults;
        ShowsAll = showsAll;
        workflows.TryGet(run.Workflow, out _definition);
    }

    /// <summary>True when nothing is masked.</summary>
    public bool ShowsAll { get; }

    public ShownPayload Input => Show(_run.Input, static (definition, stored) => definition.ArgumentsPayload.Show(stored));

    public ShownPayload Result => Show(_run.Result, static (definition, stored) => definition.ResultPayload.Show(stored));

    /// <summary>A step's arguments, which were masked when they were recorded.</summary>
    public ShownPayload ArgumentsOf(CheckpointRecord checkpoint) => Show(checkpoint.Arguments, static (_, stored) => new ShownPayload(stored));

    public ShownPayload ResultOf(CheckpointRecord checkpoint)
        => checkpoint.Kind == CheckpointKind.RunForked ? new ShownPayload(checkpoint.Result) : Show(checkpoint.Result, (_, stored) => _steps.Show(StepId.Parse(checkpoint.StepId).Name, stored));

    private ShownPayload Show(ReadOnlyMemory<byte> stored, Func<WorkflowDefinition, ReadOnlyMemory<byte>, ShownPayload> show)
    {
        if (stored.IsEmpty || ShowsAll)
            return new ShownPayload(stored);
        return _definition is null
            ? ShownPayload.Withhold($"workflow '{_run.Workflow.Name}' (version {_run.Workflow.Version}) is not registered in this process, which therefore cannot tell what is sensitive")
            : show(_definition, stored);
    }
}
