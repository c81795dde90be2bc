using Durable.CompilerServices;
using Durable.Execution;
using Durable.Registration;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Client;

/// <summary>The payloads of a run as they may be shown. What nothing is known about is withheld.</summary>
internal sealed class ShownRun
{
    private readonly RunRecord _run;
    private readonly WorkflowRegistry _workflows;
    private readonly SensitiveResults _steps;
    private readonly WorkflowDefinition? _definition;
    private readonly DurableErrors _errors;

    public ShownRun(RunRecord run, Engine engine, bool showsAll)
    {
        var workflows = engine.Workflows;
        _run = run;
        _errors = engine.Errors;
        _workflows = workflows;
        _steps = workflows.SensitiveResults;
        ShowsAll = showsAll;
        workflows.TryGet(run.Workflow, out _definition);
    }

    /// <summary>True when nothing is masked.</summary>
    public bool ShowsAll { get; }

    public ShownPayload Input => Show(_run.Input, static (definition, stored) => definition.ArgumentsPayload.Show(stored));

    public ShownPayload Result => Show(_run.Result, static (definition, stored) => definition.ResultPayload.Show(stored));

    /// <summary>A step's arguments, which were masked when they were recorded; or what was sent with a signal or an answer and could not be read.</summary>
    public ShownPayload ArgumentsOf(CheckpointRecord checkpoint) => Show(checkpoint.Arguments, (_, stored)
        => checkpoint.Kind is CheckpointKind.Signal or CheckpointKind.Request && _steps.MayHold(StepId.Parse(checkpoint.StepId).Name)
            ? ShownPayload.Withhold("it could not be read, and may hold what is sensitive")
            : new ShownPayload(stored));

    public ShownPayload ResultOf(CheckpointRecord checkpoint)
    {
        if (checkpoint.Kind is CheckpointKind.RunForked or CheckpointKind.Patch or CheckpointKind.WaitStarted or CheckpointKind.ChildStarted)
            return new ShownPayload(checkpoint.Result);
        var id = StepId.Parse(checkpoint.StepId);
        return Show(checkpoint.Result, (_, stored) => checkpoint.Kind == CheckpointKind.Child ? ResultOfChild(id, stored)
            : Loop.NameOf(id) is { } loop && _steps.MayHold(loop) ? ShownPayload.Withhold($"loop '{loop}' goes over items that may hold what is sensitive")
            : _steps.Show(id.Name, stored));
    }

    // The parent need not be of the same build as the child: the newest version that is known here says what is masked.
    private ShownPayload ResultOfChild(StepId id, ReadOnlyMemory<byte> stored)
    {
        var workflow = ContextCalls.WorkflowOf(id);
        return _workflows.Definitions.Where(definition => definition.Name == workflow).MaxBy(definition => definition.Version) is { } definition
            ? definition.ResultPayload.Show(stored)
            : ShownPayload.Withhold($"workflow '{workflow}' is not registered in this process, which therefore cannot tell what is sensitive");
    }

    /// <summary>A stored error, of the run or of a checkpoint.</summary>
    public ShownPayload Error(ReadOnlyMemory<byte> stored)
    {
        if (stored.IsEmpty || ShowsAll || UnreadablePayload.Error(stored.Span, "") is not null)
            return new ShownPayload(stored);
        try
        {
            return new ShownPayload(_errors.Show(StoredError.Read(stored)!) is { } shown ? StoredError.Write(shown) : stored);
        }
        catch (PayloadException)
        {
            return ShownPayload.Withhold("it cannot be read, and may hold what is sensitive");
        }
    }

    private ShownPayload Show(ReadOnlyMemory<byte> stored, Func<WorkflowDefinition, ReadOnlyMemory<byte>, ShownPayload> show)
    {
        if (stored.IsEmpty || ShowsAll)
            return new ShownPayload(stored);
        return _definition is null
            ? ShownPayload.Withhold($"workflow '{_run.Workflow.Name}' (version {_run.Workflow.Version}) is not registered in this process, which therefore cannot tell what is sensitive")
            : show(_definition, stored);
    }
}
