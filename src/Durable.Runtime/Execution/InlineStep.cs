using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;

namespace Durable.Execution;

/// <summary>Steps that are written as a call instead of a method.</summary>
[DebuggerStepThrough]
internal static class InlineStep
{
    public static Task<TResult> CallAsync<TResult>(RunDriver driver, RunScope scope, string name, string? key, Func<CancellationToken, Task<TResult>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        CheckName(name);
        return driver.StepAsync(scope, new StepDefinition<Arguments<TResult>, TResult>
        {
            Name = name,
            Key = key is null ? null : static arguments => arguments.Key,
            Body = [DebuggerStepThrough] static (arguments, _, cancellationToken) => new ValueTask<TResult>(arguments.Body(cancellationToken)),
            Result = Payload<TResult>(driver, name),
        }, new Arguments<TResult>(key, body), CancellationToken.None);
    }

    public static Task CallAsync(RunDriver driver, RunScope scope, string name, string? key, Func<CancellationToken, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        CheckName(name);
        return driver.StepAsync(scope, new StepDefinition<Arguments, Nothing>
        {
            Name = name,
            Key = key is null ? null : static arguments => arguments.Key,
            Body = [DebuggerStepThrough] static (arguments, _, cancellationToken) => Nothing.After(arguments.Body(cancellationToken)),
            Result = Nothing.Payload,
        }, new Arguments(key, body), CancellationToken.None);
    }

    public static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > DurableLimits.MaxNameLength)
            throw new ArgumentException($"The name has {name.Length} characters; the limit is {DurableLimits.MaxNameLength} (DurableLimits.MaxNameLength).", nameof(name));
    }

    private static PayloadType<TResult> Payload<TResult>(RunDriver driver, string name)
        => driver.Definition.Json.TryGetTypeInfo(typeof(TResult), out var json)
            ? new PayloadType<TResult>((JsonTypeInfo<TResult>)json) { HoldsSensitive = driver.Engine.Workflows.SensitiveResults.MayHold(name) }
            : throw new PayloadException(
                $"Inline step '{name}' returns '{typeof(TResult)}', for which no serializer was generated. Write the type at the call, StepAsync<{typeof(TResult).Name}>(...), in an assembly with workflows, or use a [Step] method.");

    private readonly record struct Arguments<TResult>(string? Key, Func<CancellationToken, Task<TResult>> Body);

    private readonly record struct Arguments(string? Key, Func<CancellationToken, Task> Body);
}
