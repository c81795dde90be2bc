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

    /// <summary>Calls a workflow method directly, which only workflow code may do.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">The caller's token; never stored.</param>
    /// <exception cref="InvalidOperationException">Always today: says how a run is started.</exception>
    public static Task<TResult> WorkflowAsync<TArguments, TResult>(WorkflowDefinition<TArguments, TResult> workflow, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : class
        => Task.FromException<TResult>(new InvalidOperationException(
            $"Workflow '{workflow.Name}' was called like a method. Start a run of it with client.StartAsync({workflow.CallFactory}(...), runId)."));

    [DebuggerStepThrough]
    private static async Task<TResult> OutsideAsync<TArguments, TResult>(StepDefinition<TArguments, TResult> step, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct
        => await step.Body(arguments, new StepContext(cancellationToken), cancellationToken);
}
