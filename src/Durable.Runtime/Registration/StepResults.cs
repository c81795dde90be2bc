using Durable.CompilerServices;
using Durable.Execution;
using Durable.Serialization;

namespace Durable.Registration;

/// <summary>How the results of steps are stored, by the steps' names: all that a checkpoint tells of its step. Nothing is looked at before somebody asks.</summary>
internal sealed class StepResults
{
    private readonly List<Func<StepDefinition[]>> _declared = [];
    private readonly List<(string Step, Func<PayloadType> Result)> _named = [];
    private readonly List<(string? Step, Func<PayloadType>? Result)> _inline = [];

    /// <summary>Adds the steps of a type that declares no workflow.</summary>
    public void Add(Func<StepDefinition[]> steps) => _declared.Add(steps);

    /// <summary>Adds a step whose definition cannot be named.</summary>
    public void Add(string step, Func<PayloadType> result) => _named.Add((step, result));

    /// <summary>Adds an inline step.</summary>
    /// <param name="step">Its name; null where the build does not know it.</param>
    /// <param name="result">How its result is stored; null where the build does not know its type.</param>
    public void AddInline(string? step, Func<PayloadType>? result) => _inline.Add((step, result));

    /// <summary>The stored form of a value as the result of a step, as its own declaration would store it.</summary>
    /// <param name="workflow">The workflow that calls the step.</param>
    /// <param name="workflows">All that this process knows.</param>
    /// <param name="stepId">The step.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The step has a result of another type.</exception>
    /// <exception cref="InvalidOperationException">This process does not know the step, or several of its name.</exception>
    /// <exception cref="PayloadException">The value cannot be stored.</exception>
    public ReadOnlyMemory<byte> Write<T>(WorkflowDefinition workflow, WorkflowRegistry workflows, string stepId, T value)
    {
        var step = StepId.Parse(stepId).Name;
        ReadOnlyMemory<byte>? stored = null;
        foreach (var result in Of(workflow, workflows, step))
        {
            var payload = result.Payload<T>(workflow, workflows.SensitiveResults.MayHold(step)) ?? throw new ArgumentException(OtherType<T>(stepId, result.Type), nameof(value));
            var written = StoredPayload.Write(payload, value, $"The result of step '{stepId}'");
            if (stored is { } other && !other.Span.SequenceEqual(written.Span))
                throw Ambiguous(step, "and store their results in different forms");
            stored = written;
        }

        return stored ?? throw new InvalidOperationException(
            $"Step '{step}' is not known to this process, which therefore cannot tell how its result is stored. Register the assembly that declares it with AddWorkflows(), or decide otherwise: FailStepAsync, RetryStepAsync.");
    }

    // Where the workflow's own type declares the step, that one it is: names are unique there.
    private List<Known> Of(WorkflowDefinition workflow, WorkflowRegistry workflows, string step)
    {
        if (Find(workflow.Steps?.Invoke() ?? [], step).FirstOrDefault() is { } own)
            return [Known.Declared(own.ResultPayload)];
        List<Known> found =
        [
            .. _declared.Concat(workflows.Definitions.Select(other => other.Steps).OfType<Func<StepDefinition[]>>()).SelectMany(steps => Find(steps(), step)).Select(other => Known.Declared(other.ResultPayload)),
            .. _named.Where(named => named.Step == step).Select(named => Known.Declared(named.Result())),
            .. _inline.Where(inline => inline.Step == step).Select(inline => new Known(inline.Result?.Invoke().Type, null)),
        ];
        if (found.Count == 0 && _inline.Exists(inline => inline.Step is null))
            return [new Known(null, null)];
        var types = found.Select(result => result.Type).Distinct().ToList();
        return types.Count <= 1 ? found : throw Ambiguous(step, $"with results of different types ({string.Join(", ", types.Select(Describe))})");
    }

    private static IEnumerable<StepDefinition> Find(StepDefinition[] steps, string name)
        => steps.Where(step => step.Name == name).Concat(steps.Where(step => step.Aliases.Contains(name)));

    private static string OtherType<T>(string stepId, Type? declared)
        => declared is null ? $"The assembly of the workflow has no serializer for '{typeof(T)}', so step '{stepId}' has no result of that type. Write the type as it stands at the call of the step."
            : declared == typeof(Nothing) ? $"Step '{stepId}' has no result: call CompleteStepAsync(stepId) without a value."
            : typeof(T) == typeof(Nothing) ? $"Step '{stepId}' has a result of type '{declared}': call CompleteStepAsync(stepId, value)."
            : $"Step '{stepId}' has a result of type '{declared}', not '{typeof(T)}'. Pass a value of the declared type.";

    private static string Describe(Type? type) => type is null ? "one that only its call knows" : type == typeof(Nothing) ? "none" : $"'{type}'";

    private static InvalidOperationException Ambiguous(string step, string how)
        => new($"Several steps are named '{step}', {how}: this process cannot tell which of them the run called. Decide otherwise: FailStepAsync, RetryStepAsync.");

    /// <summary>What is known of a step's result.</summary>
    /// <param name="Type">Its type; null for one that only the call of an inline step knows.</param>
    /// <param name="Stored">How it is stored; null for an inline step: by the contracts of the workflow.</param>
    private readonly record struct Known(Type? Type, PayloadType? Stored)
    {
        public static Known Declared(PayloadType payload) => new(payload.Type, payload);

        /// <summary>Null for a result of another type.</summary>
        public PayloadType<T>? Payload<T>(WorkflowDefinition workflow, bool mayHoldSensitive)
            => Stored is not null ? Stored as PayloadType<T>
                : Type is not null && Type != typeof(T) ? null
                : Nothing.Payload as PayloadType<T> ?? InlineStep.PayloadOf<T>(workflow, mayHoldSensitive);
    }
}
