using Durable.CompilerServices;

namespace Durable.TestKit.Workflows;

/// <summary>Steps with arguments, as the generator would define them, for tests that need no generated code.</summary>
public static class TestStep
{
    public static StepDefinition<Arguments<T>, TResult> Define<T, TResult>(
        string name, Func<T, StepContext, Task<TResult>> body, Func<T, string?>? key = null, params string[] aliases) => Define(name, body, null, StepMode.AtLeastOnce, key, aliases);

    public static StepDefinition<Arguments<T>, TResult> Define<T, TResult>(
        string name, Func<T, StepContext, Task<TResult>> body, RetryPolicy? retry, StepMode mode = StepMode.AtLeastOnce, Func<T, string?>? key = null, params string[] aliases) => new()
    {
        Retry = retry,
        Mode = mode,
        Name = name,
        Aliases = aliases,
        Key = key is null ? null : arguments => key(arguments.Value),
        Body = (arguments, step, _) => new ValueTask<TResult>(body(arguments.Value, step)),
        Result = TestWorkflow.Payload<TResult>(),
        Arguments = static (writer, arguments) => writer.Add("value", arguments.Value, TestWorkflow.Payload<T>()),
    };

    public static Task<TResult> CallAsync<T, TResult>(this StepDefinition<Arguments<T>, TResult> step, T value)
        => DurableCalls.StepAsync(step, new Arguments<T>(value), CancellationToken.None);

    public readonly record struct Arguments<T>(T Value);
}
