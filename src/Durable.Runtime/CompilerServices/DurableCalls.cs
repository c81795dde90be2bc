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

    /// <summary>Calls a workflow method directly: in workflow code that runs it as a child of the run that is executed. Elsewhere it is refused.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">The caller's token; a child does not listen to it.</param>
    /// <exception cref="NestedStepException">The call is made inside a step's body.</exception>
    /// <exception cref="InvalidOperationException">The call is made outside a run: says how one is started.</exception>
    public static Task<TResult> WorkflowAsync<TArguments, TResult>(WorkflowDefinition<TArguments, TResult> workflow, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : class
    {
        if (SynchronizationContext.Current is RunSynchronizationContext { Driver: var driver })
            return RunChildAsync(Ambient.Scope is { } scope && scope.Driver == driver ? scope : driver.Root, workflow, arguments);
        if (Ambient.StepBody is { } outer)
            return Task.FromException<TResult>(new NestedStepException(workflow.Name, outer));
        if (Ambient.Scope is { } left)
            return RunChildAsync(left, workflow, arguments);
        return Task.FromException<TResult>(new InvalidOperationException(
            $"Workflow '{workflow.Name}' was called like a method. Start a run of it with client.StartAsync({workflow.CallFactory}(...), runId)."));
    }

    private static async Task<TResult> RunChildAsync<TArguments, TResult>(RunScope scope, WorkflowDefinition<TArguments, TResult> workflow, TArguments arguments)
        where TArguments : class
        => await ContextCalls.RunChildAsync(scope.Driver, scope, workflow.Call(arguments), workflow.Result, options: null);

    [DebuggerStepThrough]
    private static async Task<TResult> OutsideAsync<TArguments, TResult>(StepDefinition<TArguments, TResult> step, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct
        => await step.Body(arguments, new StepContext(cancellationToken), cancellationToken);
}
