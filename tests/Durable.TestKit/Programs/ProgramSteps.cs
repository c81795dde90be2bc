using System.Collections.Concurrent;
using System.Globalization;
using Durable.CompilerServices;
using Durable.TestKit.Workflows;

namespace Durable.TestKit.Programs;

/// <summary>The steps of a random program, whose results are of several types.</summary>
/// <param name="pace">What a body waits for before it ends.</param>
/// <param name="executions">The executions of the run; null for none so far.</param>
/// <param name="caller">Who answers; null for the engine.</param>
public sealed class ProgramSteps(Func<StepContext, Task> pace, ProgramExecutions? executions = null, IStepCaller? caller = null)
{
    // Without a fingerprint: the engine itself must not notice when a call gets the result of another one; that is for the test to see.
    private static readonly StepDefinition<ProgramCall, ProgramOutcome> s_once = Define("once", oncePerRun: true, outcome => outcome);
    private static readonly StepDefinition<ProgramCall, int> s_number = Define("number", oncePerRun: false, outcome => outcome.Execution);
    private static readonly StepDefinition<ProgramCall, decimal> s_money = Define("money", oncePerRun: false, outcome => outcome.Execution / 100m);
    private static readonly StepDefinition<ProgramCall, string> s_text = Define("text", oncePerRun: false, outcome => outcome.Execution.ToString(CultureInfo.InvariantCulture));
    private static readonly StepDefinition<ProgramCall, List<int>> s_list = Define("list", oncePerRun: false, outcome => new List<int> { 0, outcome.Execution });
    private static readonly ConcurrentDictionary<string, StepDefinition<ProgramCall, ProgramOutcome>> s_others = new();

    private readonly IStepCaller _caller = caller ?? EngineCaller.Instance;

    public ProgramExecutions Executions { get; } = executions ?? new ProgramExecutions();

    /// <summary>The labels in the order in which the code called, since it last started.</summary>
    public ConcurrentQueue<string> Calls { get; private set; } = new();

    /// <summary>The code starts from the beginning.</summary>
    public void Restart() => Calls = new ConcurrentQueue<string>();

    /// <summary>Calls the step of a name, which decides what it returns and whether it fails.</summary>
    public async Task<ProgramOutcome> CallAsync(WorkflowContext workflow, string name, string label, string? key)
    {
        Calls.Enqueue(label);
        var call = new ProgramCall(this, name, label, key);
        return name switch
        {
            "number" => Executions.Of(await _caller.CallAsync(workflow, s_number, call)),
            "money" => Executions.Of((int)(await _caller.CallAsync(workflow, s_money, call) * 100)),
            "text" => Executions.Of(int.Parse(await _caller.CallAsync(workflow, s_text, call), CultureInfo.InvariantCulture)),
            "list" => Executions.Of((await _caller.CallAsync(workflow, s_list, call))[1]),
            "once" => await _caller.CallAsync(workflow, s_once, call),
            _ => await _caller.CallAsync(workflow, s_others.GetOrAdd(name, static name => Define(name, oncePerRun: false, outcome => outcome)), call),
        };
    }

    private static StepDefinition<ProgramCall, TResult> Define<TResult>(string name, bool oncePerRun, Func<ProgramOutcome, TResult> result)
    {
        var options = ProgramAttempts.Of(name);
        return new()
        {
            Name = name,
            OncePerRun = oncePerRun,
            Mode = options.Mode,
            Retry = options.Retry,
            KeepsFailure = options.OnFailure == StepFailure.Terminal,
            Key = static call => call.Key,
            Body = (call, step, _) => new ValueTask<TResult>(ResultAsync(call, step, result)),
            Result = TestWorkflow.Payload<TResult>(),
        };
    }

    private static async Task<TResult> ResultAsync<TResult>(ProgramCall call, StepContext step, Func<ProgramOutcome, TResult> result)
        => result(await call.Steps.ExecuteAsync(call, step));

    private async Task<ProgramOutcome> ExecuteAsync(ProgramCall call, StepContext step)
    {
        var outcome = Executions.Begin(step.StepId, call.Label);
        await pace(step);
        if (call.Name == "fails" || (call.Name == "at first" && Executions.CountOf(step.StepId) == 1))
            throw new InvalidOperationException($"{call.Label} by execution {outcome.Execution}");
        return outcome;
    }

    private sealed class EngineCaller : IStepCaller
    {
        public static readonly EngineCaller Instance = new();

        public Task<TResult> CallAsync<TResult>(WorkflowContext workflow, StepDefinition<ProgramCall, TResult> step, ProgramCall arguments)
            => DurableCalls.StepAsync(step, arguments, CancellationToken.None);
    }
}

/// <summary>A call of a step of a random program.</summary>
/// <param name="Steps">The steps of the run.</param>
/// <param name="Name">The step.</param>
/// <param name="Label">Where in the program it is called.</param>
/// <param name="Key">Its key; null for none.</param>
public readonly record struct ProgramCall(ProgramSteps Steps, string Name, string Label, string? Key);
