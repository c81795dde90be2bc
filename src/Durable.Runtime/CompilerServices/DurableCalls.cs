using System.ComponentModel;
using System.Diagnostics;
using Durable.Execution;

namespace Durable.CompilerServices;

/// <summary>What the generated halves of steps and workflows call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DurableCalls
{
    /// <summary>Calls a step: inside a run checkpointed, outside an ordinary call of its body.</summary>
    /// <param name="step">The step.</param>
    /// <param name="arguments">The receiver and the arguments.</param>
    /// <param name="cancellationToken">The caller's token; never stored.</param>
    /// <exception cref="NestedStepException">The call is made inside a step's body.</exception>
    [DebuggerStepThrough]
    public static Task<TResult> StepAsync<TArguments, TResult>(StepDefinition<TArguments, TResult> step, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct
    {
        if (SynchronizationContext.Current is RunSynchronizationContext { Driver: var driver })
            return driver.StepAsync(Ambient.Scope is { } scope && scope.Driver == driver ? scope : driver.Root, step, arguments, cancellationToken);
        if (Ambient.StepBody is { } outer)
            return Task.FromException<TResult>(new NestedStepException(step.Name, outer));
        if (Ambient.Scope is { } left)
            return left.Driver.StepAsync(left, step, arguments, cancellationToken);
        return OutsideAsync(step, arguments, cancellationToken);
    }

    /// <summary>Waits for a signal, which only workflow code may do.</summary>
    /// <param name="signal">The signal.</param>
    /// <exception cref="NestedStepException">The call is made inside a step's body.</exception>
    /// <exception cref="InvalidOperationException">The call is made outside a run.</exception>
    public static async Task<T> WaitForSignalAsync<T>(SignalDefinition<T> signal) => (await WaitAsync(signal, timeout: null)).Value;

    /// <summary>Waits for a signal, but not for longer than some time.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="timeout">How long at most; longer than zero.</param>
    /// <exception cref="NestedStepException">The call is made inside a step's body.</exception>
    /// <exception cref="InvalidOperationException">The call is made outside a run.</exception>
    public static async Task<WaitResult<T>> WaitForSignalAsync<T>(SignalDefinition<T> signal, TimeSpan timeout) => await WaitAsync(signal, timeout);

    /// <summary>Waits for a signal that brings nothing, but not for longer than some time.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="timeout">How long at most; longer than zero.</param>
    /// <exception cref="NestedStepException">The call is made inside a step's body.</exception>
    /// <exception cref="InvalidOperationException">The call is made outside a run.</exception>
    public static async Task<WaitResult> WaitForSignalAsync(SignalDefinition<Nothing> signal, TimeSpan timeout) => new(!(await WaitAsync(signal, timeout)).IsTimedOut);

    /// <summary>Calls a workflow method directly: in workflow code that runs it as a child of the run that is executed. Elsewhere it is refused.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">The caller's token; a child does not listen to it.</param>
    /// <exception cref="NestedStepException">The call is made inside a step's body.</exception>
    /// <exception cref="InvalidOperationException">The call is made outside a run: says how one is started.</exception>
    public static Task<TResult> WorkflowAsync<TArguments, TResult>(WorkflowDefinition<TArguments, TResult> workflow, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : class
    {
        if (ScopeOfCode() is { } scope)
            return RunChildAsync(scope, workflow, arguments);
        return Task.FromException<TResult>(Ambient.StepBody is { } outer ? new NestedStepException(workflow.Name, outer) : new InvalidOperationException(
            $"Workflow '{workflow.Name}' was called like a method. Start a run of it with client.StartAsync({workflow.CallFactory}(...), runId)."));
    }

    private static Task<WaitResult<T>> WaitAsync<T>(SignalDefinition<T> signal, TimeSpan? timeout)
    {
        if (ScopeOfCode() is { } scope)
            return scope.Context.WaitForSignalAsync(signal.Name, signal.Payload, timeout);
        return Task.FromException<WaitResult<T>>(Ambient.StepBody is { } outer ? new NestedStepException(signal.Name, outer) : new InvalidOperationException(
            $"Signal '{signal.Name}' was waited for outside a run. Wait in workflow code; from elsewhere send it, with client.SignalAsync(runId, ...) and the generated ...Signal(...)."));
    }

    /// <summary>The scope of the workflow code that makes a call; of code that has left its run's context the one that it left. Null elsewhere.</summary>
    private static RunScope? ScopeOfCode()
    {
        if (SynchronizationContext.Current is RunSynchronizationContext { Driver: var driver })
            return Ambient.Scope is { } scope && scope.Driver == driver ? scope : driver.Root;
        return Ambient.Scope;
    }

    private static async Task<TResult> RunChildAsync<TArguments, TResult>(RunScope scope, WorkflowDefinition<TArguments, TResult> workflow, TArguments arguments)
        where TArguments : class
        => await ContextCalls.RunChildAsync(scope.Driver, scope, workflow.Call(arguments), workflow.Result, options: null);

    [DebuggerStepThrough]
    private static async Task<TResult> OutsideAsync<TArguments, TResult>(StepDefinition<TArguments, TResult> step, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct
        => await step.Body(arguments, new StepContext(cancellationToken), cancellationToken);
}
