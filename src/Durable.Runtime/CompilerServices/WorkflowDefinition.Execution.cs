using Durable.Serialization;

namespace Durable.CompilerServices;

// What the engine asks of a definition: the typed half of running a workflow.
public abstract partial class WorkflowDefinition
{
    internal abstract PayloadType ArgumentsPayload { get; }

    internal abstract PayloadType ResultPayload { get; }

    /// <exception cref="PayloadException">The stored arguments cannot be read.</exception>
    internal abstract object ReadArguments(ReadOnlySpan<byte> input);

    /// <exception cref="PayloadException">The result cannot be stored.</exception>
    internal abstract Task<ReadOnlyMemory<byte>> ExecuteAsync(IServiceProvider services, object arguments, WorkflowContext workflow, CancellationToken cancellationToken);
}

public sealed partial class WorkflowDefinition<TArguments, TResult>
{
    internal override PayloadType ArgumentsPayload => Arguments;

    internal override PayloadType ResultPayload => Result;

    internal override object ReadArguments(ReadOnlySpan<byte> input) => StoredPayload.Read(Arguments, input, $"The arguments of workflow '{Name}'");

    internal override async Task<ReadOnlyMemory<byte>> ExecuteAsync(IServiceProvider services, object arguments, WorkflowContext workflow, CancellationToken cancellationToken)
    {
        var result = await Body(services, (TArguments)arguments, workflow, cancellationToken);
        return StoredPayload.Write(Result, result, $"The result of workflow '{Name}'");
    }
}
