using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Replay;

/// <summary>A step with one text argument and a key, called as generated code calls it.</summary>
internal sealed class TextStep<TResult>
{
    private readonly StepDefinition<Arguments, TResult> _definition;

    private TextStep(StepDefinition<Arguments, TResult> definition) => _definition = definition;

    internal readonly record struct Arguments(string Value, string? Key);

    public static TextStep<TResult> Define(
        string name,
        Func<string, StepContext, Task<TResult>> body,
        PayloadType<TResult>? result = null,
        bool oncePerRun = false,
        Action<ArgumentsWriter, Arguments>? arguments = null,
        params string[] aliases) => new(new StepDefinition<Arguments, TResult>
    {
        Name = name,
        Aliases = aliases,
        OncePerRun = oncePerRun,
        Body = (arguments, step, _) => new ValueTask<TResult>(body(arguments.Value, step)),
        Result = result ?? TestWorkflow.Payload<TResult>(),
        Key = static arguments => arguments.Key,
        Arguments = arguments ?? (static (writer, arguments) => writer.Add("value", arguments.Value, TestWorkflow.Payload<string>())),
    });

    public Task<TResult> CallAsync(string value = "", string? key = null, CancellationToken cancellationToken = default)
        => DurableCalls.StepAsync(_definition, new Arguments(value, key), cancellationToken);
}
