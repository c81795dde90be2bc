using System.Diagnostics;
using Durable.CompilerServices;
using Durable.Execution.Branches;
using Durable.Storage;
using Microsoft.Extensions.Logging;

namespace Durable.Execution;

/// <summary>The context that workflow code gets: one for each scope.</summary>
internal sealed class RunWorkflowContext(RunDriver driver, RunScope scope) : WorkflowContext
{
    private Random? _random;
    private ILogger? _logger;

    public override string RunId => driver.RunId;

    public override int Attempt => driver.Attempt;

    public override bool IsReplaying => driver.IsReplaying;

    public override ILogger Logger => _logger ??= RunLogger.ForWorkflow(driver);

    public override CancellationToken CancellationToken => scope.Token;

    public override DateTimeOffset UtcNow => driver.UtcNow;

    public override Random Random
    {
        get
        {
            driver.CheckOnContext("Random");
            return _random ??= new DeterministicRandom(() => driver.IdsOf, scope.Path);
        }
    }

    public override Guid NewGuid()
    {
        driver.CheckOnContext("NewGuid()");
        return scope.NextGuid();
    }

    [DebuggerStepThrough]
    public override Task<TResult> StepAsync<TResult>(string name, string? key, Func<CancellationToken, Task<TResult>> body)
        => InlineStep.CallAsync(driver, scope, name, key, body);

    [DebuggerStepThrough]
    public override Task StepAsync(string name, string? key, Func<CancellationToken, Task> body)
        => InlineStep.CallAsync(driver, scope, name, key, body);

    [DebuggerStepThrough]
    public override Task<TResult> StepAsync<TResult>(string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task<TResult>> body)
        => InlineStep.CallAsync(driver, scope, name, key, options, body);

    [DebuggerStepThrough]
    public override Task StepAsync(string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task> body)
        => InlineStep.CallAsync(driver, scope, name, key, options, body);

    public override Task<StepGuard<TResult>> AcquireStepAsync<TResult>(string name, string? key) => InlineStep.AcquireAsync<TResult>(driver, scope, name, key);

    public override Task<StepGuard> AcquireStepAsync(string name, string? key) => InlineStep.AcquireAsync(driver, scope, name, key);

    public override Task<TResult> ScopeAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body) => OpenAsync(name, body, isShielded: false);

    public override Task ScopeAsync(string name, Func<WorkflowContext, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return OpenAsync(name, WithoutResult(body), isShielded: false);
    }

    public override Task<TResult> Shield<TResult>(string name, Func<WorkflowContext, Task<TResult>> body) => OpenAsync(name, body, isShielded: true);

    public override Task Shield(string name, Func<WorkflowContext, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return OpenAsync(name, WithoutResult(body), isShielded: true);
    }

    public override Task SleepAsync(TimeSpan duration, string? name) => ContextCalls.SleepAsync(driver, scope, name, duration, until: null);

    public override Task SleepUntilAsync(DateTimeOffset until, string? name) => ContextCalls.SleepAsync(driver, scope, name, TimeSpan.Zero, until);

    public override async Task<T> WaitForSignalAsync<T>(string name) => (await WaitForSignalAsync(name, ContextCalls.Payload<T>(driver, $"Signal '{name}' brings"), timeout: null)).Value;

    public override Task<WaitResult<T>> WaitForSignalAsync<T>(string name, TimeSpan timeout) => WaitForSignalAsync(name, ContextCalls.Payload<T>(driver, $"Signal '{name}' brings"), timeout);

    public Task<WaitResult<T>> WaitForSignalAsync<T>(string name, PayloadType<T> payload, TimeSpan? timeout) => ContextCalls.WaitForSignalAsync(driver, scope, name, payload, timeout);

    public override Task SignalAsync(string runId, SignalCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return ContextCalls.SignalAsync(driver, scope, runId, call.Name, call.Payload);
    }

    public override Task SignalAsync<T>(string runId, string name, T value)
        => ContextCalls.SignalAsync(driver, scope, runId, name, Serialization.StoredPayload.Write(ContextCalls.Payload<T>(driver, $"Signal '{name}' brings"), value, $"Signal '{name}'"));

    public override async Task<TResponse> RequestAsync<TRequest, TResponse>(string name, TRequest request)
        => (await ContextCalls.RequestAsync<TRequest, TResponse>(driver, scope, name, request, new RequestOptions())).Value;

    public override Task<WaitResult<TResponse>> RequestAsync<TRequest, TResponse>(string name, TRequest request, RequestOptions options)
        => ContextCalls.RequestAsync<TRequest, TResponse>(driver, scope, name, request, options);

    public override Task<TResult> RunChildAsync<TResult>(WorkflowCall<TResult> call, ChildOptions? options)
    {
        ArgumentNullException.ThrowIfNull(call);
        return ContextCalls.RunChildAsync(driver, scope, call, call.Result, options);
    }

    public override Task RunChildAsync(WorkflowCall call, ChildOptions? options) => ContextCalls.RunChildAsync(driver, scope, call, Nothing.Payload, options);

    public override Task<ChildHandle<TResult>> StartChildAsync<TResult>(WorkflowCall<TResult> call, ChildOptions? options)
    {
        ArgumentNullException.ThrowIfNull(call);
        return ContextCalls.StartChildAsync(driver, scope, call, call.Result, options);
    }

    public override async Task<ChildHandle> StartChildAsync(WorkflowCall call, ChildOptions? options) => await ContextCalls.StartChildAsync(driver, scope, call, Nothing.Payload, options);

    public override Task PublishAsync<T>(string key, T value) => ContextCalls.PublishAsync(driver, scope, key, value);

    public override Task AppendAsync<T>(string stream, T item) => ContextCalls.AppendAsync(driver, scope, stream, item);

    public override Task ForEachAsync<TItem, TCursor>(string name, TCursor start, Func<TCursor, CancellationToken, Task<NextItem<TItem, TCursor>?>> next, Func<WorkflowContext, TItem, Task> body)
        => ContextLoops.ForEachAsync(driver, scope, name, start, next, body);

    public override Task<WaitResult<T>> WaitUntilAsync<T>(string name, Func<WorkflowContext, Task<T>> check, Func<T, bool> isDone, PollStrategy strategy)
        => ContextLoops.WaitUntilAsync(driver, scope, name, check, isDone, strategy);

    public override Task<TResult> ContinueAsNew<TResult>(WorkflowCall<TResult> call) => driver.ContinueAsNewAsync<TResult>(scope, call);

    public override Task ContinueAsNew(WorkflowCall call) => driver.ContinueAsNewAsync<Nothing>(scope, call);

    public override void SetStatus(string? text, double? fraction) => driver.Say(text, fraction);

    public override void Compensate(string name, Func<WorkflowContext, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        InlineStep.CheckName(name);
        if (driver.NestedIn() is { } outer)
            throw new NestedStepException(name, outer);
        if (scope.IsCompensation)
            throw new InvalidOperationException($"Compensation '{name}' was registered while the run is being undone. What undoes is not undone: give its steps a [Retry] instead.");
        if (scope.IsClosed)
            throw RunDriver.Closed(scope, $"compensation '{name}'");
        // Also in a branch that was abandoned: what a shield in it did may have to be undone.
        if (driver.IsOnContext($"Compensation '{name}'"))
            driver.Compensate(name, body);
    }

    private protected override Task<EndedBranches> RunBranchesAsync(BranchPlan plan)
    {
        if (driver.NestedIn() is { } outer)
            return Task.FromException<EndedBranches>(new NestedStepException(plan.Name, outer));
        if (scope.IsClosed || driver.IsLate(scope))
            return Task.FromException<EndedBranches>(RunDriver.Closed(scope, $"map '{plan.Name}'"));
        if (!driver.CheckOnContext($"Map '{plan.Name}'"))
            return RunDriver.Never<EndedBranches>();
        driver.PassFailures(scope);
        return new BranchSet(driver, scope, plan).RunAsync();
    }

    public override bool Patched(string id)
    {
        InlineStep.CheckName(id);
        if (StoredText.Problem(id) is { } problem)
            throw new ArgumentException($"The patch id {problem}, which stores cannot keep.", nameof(id));
        if (driver.NestedIn() is { } outer)
            throw new NestedStepException($"Patched(\"{id}\")", outer);
        // Off the context the run is set aside, and nothing that follows from the answer is stored. In a branch that was abandoned the answer is the run's, as everywhere.
        return driver.IsOnContext($"Patched(\"{id}\")") && driver.Patched(id);
    }

    private Task<TResult> OpenAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body, bool isShielded)
    {
        ArgumentNullException.ThrowIfNull(body);
        InlineStep.CheckName(name);
        if (driver.NestedIn() is { } outer)
            return Task.FromException<TResult>(new NestedStepException(name, outer));
        if (scope.IsClosed || driver.IsLate(scope))
            return Task.FromException<TResult>(RunDriver.Closed(scope, $"scope '{name}'"));
        return driver.CheckOnContext($"Scope '{name}'") ? RunScopeAsync(name, body, isShielded) : RunDriver.Never<TResult>();
    }

    private static Func<WorkflowContext, Task<bool>> WithoutResult(Func<WorkflowContext, Task> body) => async inner =>
    {
        await body(inner);
        return true;
    };

    private async Task<TResult> RunScopeAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body, bool isShielded)
    {
        driver.PassFailures(scope);
        if (isShielded)
            driver.BecomeFinal();
        var inner = scope.Open(name, isShielded || driver.IsShielded(scope), isShielded);
        Ambient.Enter(inner);
        return isShielded ? await RunShieldAsync(inner, body) : await RunAsync(inner, body);
    }

    private async Task<TResult> RunAsync<TResult>(RunScope inner, Func<WorkflowContext, Task<TResult>> body)
    {
        try
        {
            return await body(inner.Context);
        }
        finally
        {
            driver.ScopeEnded(inner);
        }
    }

    // Branches around it that are abandoned wait for its end.
    private async Task<TResult> RunShieldAsync<TResult>(RunScope inner, Func<WorkflowContext, Task<TResult>> body)
    {
        inner.ShieldBegins();
        Exception? error = null;
        try
        {
            return await RunAsync(inner, body);
        }
        catch (Exception exception)
        {
            error = exception;
            throw;
        }
        finally
        {
            inner.ShieldEnds(error);
        }
    }
}
