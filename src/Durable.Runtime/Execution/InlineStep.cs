using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;

namespace Durable.Execution;

/// <summary>Steps that are written as a call instead of a method.</summary>
[DebuggerStepThrough]
internal static class InlineStep
{
    private static readonly StepOptions s_default = new();

    public static Task<TResult> CallAsync<TResult>(RunDriver driver, RunScope scope, string name, string? key, Func<CancellationToken, Task<TResult>> body)
        => CallAsync(driver, scope, name, key, s_default, body, [DebuggerStepThrough] static (call, _, cancellationToken) => new ValueTask<TResult>(call.Body(cancellationToken)), Payload<TResult>(driver, name));

    public static Task<TResult> CallAsync<TResult>(RunDriver driver, RunScope scope, string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task<TResult>> body)
        => CallAsync(driver, scope, name, key, options, body, [DebuggerStepThrough] static (call, step, cancellationToken) => new ValueTask<TResult>(call.Body(step, cancellationToken)), Payload<TResult>(driver, name));

    public static Task CallAsync(RunDriver driver, RunScope scope, string name, string? key, Func<CancellationToken, Task> body)
        => CallAsync(driver, scope, name, key, s_default, body, [DebuggerStepThrough] static (call, _, cancellationToken) => Nothing.After(call.Body(cancellationToken)), Nothing.Payload);

    public static Task CallAsync(RunDriver driver, RunScope scope, string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task> body)
        => CallAsync(driver, scope, name, key, options, body, [DebuggerStepThrough] static (call, step, cancellationToken) => Nothing.After(call.Body(step, cancellationToken)), Nothing.Payload);

    public static Task<StepGuard<TResult>> AcquireAsync<TResult>(RunDriver driver, RunScope scope, string name, string? key)
        => AcquireAsync(driver, scope, name, key, Payload<TResult>(driver, name));

    public static async Task<StepGuard> AcquireAsync(RunDriver driver, RunScope scope, string name, string? key)
        => new(await AcquireAsync(driver, scope, name, key, Nothing.Payload));

    /// <summary>An inline step without key whose result is stored in a way of the engine's own.</summary>
    public static Task<TResult> CallAsync<TResult>(RunDriver driver, RunScope scope, string name, PayloadType<TResult> result, Func<CancellationToken, Task<TResult>> body)
        => CallAsync(driver, scope, name, null, s_default, body, [DebuggerStepThrough] static (call, _, cancellationToken) => new ValueTask<TResult>(call.Body(cancellationToken)), result);

    public static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > DurableLimits.MaxNameLength)
            throw new ArgumentException($"The name has {name.Length} characters; the limit is {DurableLimits.MaxNameLength} (DurableLimits.MaxNameLength).", nameof(name));
    }

    /// <summary>How an inline step of a workflow stores its result; null for a type that the workflow's assembly has no contract of.</summary>
    public static PayloadType<TResult>? PayloadOf<TResult>(WorkflowDefinition workflow, bool holdsSensitive)
        => workflow.Json.TryGetTypeInfo(typeof(TResult), out var json) ? new PayloadType<TResult>((JsonTypeInfo<TResult>)json) { HoldsSensitive = holdsSensitive } : null;

    private static PayloadType<TResult> Payload<TResult>(RunDriver driver, string name)
        => PayloadOf<TResult>(driver.Definition, driver.Engine.Workflows.SensitiveResults.MayHold(name))
            ?? throw new PayloadException(
                $"Inline step '{name}' returns '{typeof(TResult)}', for which no serializer was generated. Write the type at the call, StepAsync<{typeof(TResult).Name}>(...), in an assembly with workflows, or use a [Step] method.");

    private static Task<StepGuard<TResult>> AcquireAsync<TResult>(RunDriver driver, RunScope scope, string name, string? key, PayloadType<TResult> result)
    {
        var step = new GuardedStep<TResult>(driver);
        return step.AcquireAsync(CallAsync<Func<StepContext, Task<TResult>>, TResult>(
            driver, scope, name, key, s_default, step.ExecuteAsync, static (call, context, _) => new ValueTask<TResult>(call.Body(context)), result, isByHand: true));
    }

    private static Task<TResult> CallAsync<TBody, TResult>(
        RunDriver driver, RunScope scope, string name, string? key, StepOptions options, TBody body, StepBody<Call<TBody>, TResult> execute, PayloadType<TResult> result, bool isByHand = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(body);
        CheckName(name);
        if (options is { Mode: StepMode.AtMostOnce, Retry: not null })
            throw new ArgumentException($"Inline step '{name}' runs at most once and has a retry policy: use StepMode.AtMostOncePerAttempt, or leave the policy out.", nameof(options));
        return driver.StepAsync(scope, new StepDefinition<Call<TBody>, TResult>
        {
            Name = name,
            Key = key is null ? null : static call => call.Key,
            Mode = options.Mode,
            KeepsFailure = options.OnFailure == StepFailure.Terminal,
            Retry = options.Retry,
            IsByHand = isByHand,
            Body = execute,
            Result = result,
        }, new Call<TBody>(key, body), CancellationToken.None);
    }

    private readonly record struct Call<TBody>(string? Key, TBody Body);
}
