using System.Collections.Concurrent;
using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Ordering;

/// <summary>The steps of a random program. No two executions of a body return the same, so that a result which is not the recorded one is seen.</summary>
/// <param name="pace">What a body waits for before it ends, given its step id.</param>
internal sealed class ProgramSteps(Func<string, Task> pace)
{
    private readonly ConcurrentDictionary<string, StepDefinition<Call, ProgramOutcome>> _definitions = new();
    private readonly ConcurrentQueue<(string StepId, string Label)> _executed = new();
    private int _executions;

    /// <summary>How many bodies have started.</summary>
    public int Executions => Volatile.Read(ref _executions);

    /// <summary>The labels in the order in which the code called, in this incarnation.</summary>
    public ConcurrentQueue<string> Calls { get; private set; } = new();

    public void BeginIncarnation() => Calls = new ConcurrentQueue<string>();

    public string LabelOf(string stepId) => _executed.Last(e => e.StepId == stepId).Label;

    public Task<ProgramOutcome> CallAsync(string name, string label, string? key)
    {
        Calls.Enqueue(label);
        return DurableCalls.StepAsync(_definitions.GetOrAdd(name, Define), new Call(label, key), CancellationToken.None);
    }

    // Without a fingerprint: the engine itself must not notice when a call gets the result of another one; that is for the test to see.
    private StepDefinition<Call, ProgramOutcome> Define(string name) => new()
    {
        Name = name,
        Key = static call => call.Key,
        Body = (call, step, _) => new ValueTask<ProgramOutcome>(ExecuteAsync(name, call, step.StepId)),
        Result = TestWorkflow.Payload<ProgramOutcome>(),
    };

    private async Task<ProgramOutcome> ExecuteAsync(string name, Call call, string stepId)
    {
        var execution = Interlocked.Increment(ref _executions);
        _executed.Enqueue((stepId, call.Label));
        await pace(stepId);
        if (name == "fails" || (name == "at first" && _executed.Count(e => e.StepId == stepId) == 1))
            throw new InvalidOperationException($"{call.Label} by execution {execution}");
        return new ProgramOutcome(call.Label, stepId, execution);
    }

    private readonly record struct Call(string Label, string? Key);
}

/// <summary>What a step of a random program returns.</summary>
internal sealed record ProgramOutcome(string Label, string StepId, int Execution);
