using Durable.CompilerServices;

namespace Durable;

/// <summary>A workflow with its arguments, serialized when the call was made: what <see cref="IDurableClient.StartAsync(WorkflowCall, string?, StartOptions?, CancellationToken)"/> starts. Made by the generated <c>&lt;Name&gt;Call(...)</c>.</summary>
public abstract class WorkflowCall
{
    private protected WorkflowCall(WorkflowDefinition definition, ReadOnlyMemory<byte> input, long fingerprint)
    {
        Definition = definition;
        Input = input;
        Fingerprint = fingerprint;
    }

    /// <summary>The workflow's name.</summary>
    public string Workflow => Definition.Name;

    /// <summary>The arguments as UTF-8 JSON, an object by parameter name.</summary>
    public ReadOnlyMemory<byte> Input { get; }

    internal WorkflowDefinition Definition { get; }

    internal long Fingerprint { get; }
}

/// <summary>A workflow call whose run ends with a <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TResult">The workflow's result.</typeparam>
public sealed class WorkflowCall<TResult> : WorkflowCall
{
    internal WorkflowCall(WorkflowDefinition definition, PayloadType<TResult> result, ReadOnlyMemory<byte> input, long fingerprint)
        : base(definition, input, fingerprint) => Result = result;

    internal PayloadType<TResult> Result { get; }
}
