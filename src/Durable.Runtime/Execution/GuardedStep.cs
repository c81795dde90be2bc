namespace Durable.Execution;

/// <summary>A step whose body is workflow code: to the engine it is a step like any other, whose body lets the code go on and waits for its report.</summary>
internal sealed class GuardedStep<TResult>(RunDriver driver)
{
    private readonly TaskCompletionSource _granted = new();
    private readonly TaskCompletionSource<TResult> _report = new();
    private Task<TResult> _outcome = null!;
    private StepContext? _context;
    private bool _isReported;

    public StepContext Context => _context ?? throw new InvalidOperationException("The step is recorded: nothing is executed.");

    /// <summary>The body.</summary>
    public async Task<TResult> ExecuteAsync(StepContext step)
    {
        _context = step;
        // Not the body's own token: a run that is being canceled waits for what is under way. When the incarnation is over, nobody will report any more.
        using var over = driver.BodyToken.UnsafeRegister(static (report, token) => ((TaskCompletionSource<TResult>)report!).TrySetCanceled(token), _report);
        _granted.SetResult();
        return await _report.Task;
    }

    /// <summary>Waits until the step has a recorded outcome, or is to be executed. Called by workflow code, on the run's context.</summary>
    /// <param name="outcome">The call of the step.</param>
    public async Task<StepGuard<TResult>> AcquireAsync(Task<TResult> outcome)
    {
        _outcome = outcome;
        // No durable call completes synchronously, this one neither: with a debugger attached the body has begun.
        if (_granted.Task.IsCompleted)
            await Task.Yield();
        if (await Task.WhenAny(outcome, _granted.Task) == outcome)
            return new StepGuard<TResult>(this, isRecorded: true, await outcome);
        driver.OpenGuard = Context.StepId;
        return new StepGuard<TResult>(this, isRecorded: false, default!);
    }

    /// <summary>Takes the report. Called by workflow code, on the run's context.</summary>
    public Task<TResult> ReportAsync(bool isRecorded, Action<TaskCompletionSource<TResult>> report)
    {
        if (isRecorded)
            return Task.FromException<TResult>(new InvalidOperationException("The step is recorded: there is nothing to report. Ask for ShouldExecute first."));
        if (driver.NestedIn() is { } outer)
            return Task.FromException<TResult>(new NestedStepException(Context.StepId, outer));
        if (!driver.CheckOnContext($"The report of step '{Context.StepId}'"))
            return RunDriver.Never<TResult>();
        if (_isReported)
            return Task.FromException<TResult>(new InvalidOperationException($"Step '{Context.StepId}' was reported before. A guard takes one report: acquire the step again for another execution."));
        _isReported = true;
        driver.OpenGuard = null;
        // The body ends as any other does: on the engine's scheduler, not in the midst of the code's turn.
        _ = driver.Engine.Start(() =>
        {
            report(_report);
            return Task.CompletedTask;
        });
        return _outcome;
    }
}
