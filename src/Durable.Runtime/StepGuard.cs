using Durable.CompilerServices;
using Durable.Execution;

namespace Durable;

/// <summary>
/// A step that workflow code executes by hand: it has an outcome already, or the code executes it now and reports what came of it, once. Made by <see cref="WorkflowContext.AcquireStepAsync{TResult}"/>.
/// </summary>
/// <remarks>
/// Between the two the code does what a step's body would do, and makes no durable call: on replay it skips that part. A guard that is not reported leaves no trace: a replay of the code acquires the step again.
/// </remarks>
/// <typeparam name="TResult">The step's result.</typeparam>
public sealed class StepGuard<TResult>
{
    private readonly GuardedStep<TResult> _step;
    private readonly TResult _result;

    internal StepGuard(GuardedStep<TResult> step, bool isRecorded, TResult result)
    {
        _step = step;
        _result = result;
        IsRecorded = isRecorded;
    }

    /// <summary>True when the step has completed before: <see cref="Result"/> is what it came to.</summary>
    public bool IsRecorded { get; }

    /// <summary>True when the code has to execute the step and report it.</summary>
    public bool ShouldExecute => !IsRecorded;

    /// <summary>The recorded result.</summary>
    /// <exception cref="InvalidOperationException">Nothing is recorded: execute the step, and report it.</exception>
    public TResult Result => IsRecorded ? _result : throw new InvalidOperationException("The step has no recorded result. Execute it and report what came of it: CompleteAsync, FailAsync.");

    /// <summary>What the execution may know of the step.</summary>
    /// <exception cref="InvalidOperationException">The step is recorded: there is no execution.</exception>
    public StepContext Step => _step.Context;

    /// <summary>Reports the result. Returns it as it is stored, once it is; on a replay the step is recorded with it.</summary>
    /// <param name="value">The result.</param>
    /// <exception cref="StepFailedException">The result cannot be stored: that is the step's recorded failure.</exception>
    /// <exception cref="InvalidOperationException">The step is recorded, or was reported before.</exception>
    public Task<TResult> CompleteAsync(TResult value) => _step.ReportAsync(IsRecorded, report => report.TrySetResult(value));

    /// <summary>
    /// Reports that the step failed, and throws what it is recorded as, once it is stored: a <see cref="StepFailedException"/>. On a replay, <see cref="WorkflowContext.AcquireStepAsync{TResult}"/> throws the same.
    /// </summary>
    /// <param name="exception">Why.</param>
    /// <exception cref="StepFailedException">Always.</exception>
    /// <exception cref="InvalidOperationException">The step is recorded, or was reported before.</exception>
    public Task FailAsync(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return _step.ReportAsync(IsRecorded, report => report.TrySetException(exception));
    }

    /// <summary>Reports that the step failed, as <see cref="FailAsync(Exception)"/> does, with a message alone: the error's type is <see cref="ReportedFailureException"/>.</summary>
    /// <param name="message">Why.</param>
    /// <exception cref="StepFailedException">Always.</exception>
    /// <exception cref="InvalidOperationException">The step is recorded, or was reported before.</exception>
    public Task FailAsync(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        return FailAsync(new ReportedFailureException(message));
    }
}

/// <summary>A step without result that workflow code executes by hand; see <see cref="StepGuard{TResult}"/>. Made by <see cref="WorkflowContext.AcquireStepAsync"/>.</summary>
public sealed class StepGuard
{
    private readonly StepGuard<Nothing> _guard;

    internal StepGuard(StepGuard<Nothing> guard) => _guard = guard;

    /// <summary>True when the step has completed before.</summary>
    public bool IsRecorded => _guard.IsRecorded;

    /// <summary>True when the code has to execute the step and report it.</summary>
    public bool ShouldExecute => _guard.ShouldExecute;

    /// <summary>What the execution may know of the step.</summary>
    /// <exception cref="InvalidOperationException">The step is recorded: there is no execution.</exception>
    public StepContext Step => _guard.Step;

    /// <summary>Reports that the step has completed.</summary>
    /// <exception cref="InvalidOperationException">The step is recorded, or was reported before.</exception>
    public Task CompleteAsync() => _guard.CompleteAsync(default);

    /// <inheritdoc cref="StepGuard{TResult}.FailAsync(Exception)"/>
    public Task FailAsync(Exception exception) => _guard.FailAsync(exception);

    /// <inheritdoc cref="StepGuard{TResult}.FailAsync(string)"/>
    public Task FailAsync(string message) => _guard.FailAsync(message);
}
