using System.Diagnostics;
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

    public override CancellationToken CancellationToken => driver.BodyToken;

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

    public override Task<TResult> ScopeAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        InlineStep.CheckName(name);
        if (driver.NestedIn() is { } outer)
            return Task.FromException<TResult>(new NestedStepException(name, outer));
        if (scope.IsClosed)
            return Task.FromException<TResult>(RunDriver.Closed(scope, $"scope '{name}'"));
        return driver.CheckOnContext($"Scope '{name}'") ? RunScopeAsync(name, body) : RunDriver.Never<TResult>();
    }

    public override Task ScopeAsync(string name, Func<WorkflowContext, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ScopeAsync(name, async inner =>
        {
            await body(inner);
            return true;
        });
    }

    private async Task<TResult> RunScopeAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body)
    {
        driver.PassFailures(scope.Path);
        var inner = scope.Open(name);
        Ambient.Enter(inner);
        try
        {
            return await body(inner.Context);
        }
        finally
        {
            driver.ScopeEnded(inner);
        }
    }
}
