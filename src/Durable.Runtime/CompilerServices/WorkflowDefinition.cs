using System.ComponentModel;
using System.Text.Json;

namespace Durable.CompilerServices;

/// <summary>Runs a workflow's body on the instance that the incarnation's services hold.</summary>
/// <param name="services">The incarnation's dependency injection scope.</param>
/// <param name="arguments">The arguments, as read from the store.</param>
/// <param name="workflow">The run's context.</param>
/// <param name="cancellationToken">Canceled when the incarnation ends.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<TResult> WorkflowBody<TArguments, TResult>(IServiceProvider services, TArguments arguments, WorkflowContext workflow, CancellationToken cancellationToken);

/// <summary>What the generator knows of a workflow, without its types.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class WorkflowDefinition
{
    private protected WorkflowDefinition() { }

    /// <summary>The workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the code.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Where it is declared, for messages: <c>Namespace.Type.Method (Assembly)</c>.</summary>
    public required string Declaration { get; init; }

    /// <summary>The generated factory of calls, for messages: <c>Type.NameCall</c>.</summary>
    public required string CallFactory { get; init; }

    /// <summary>True when the generator proved that every durable call is awaited before the next is made.</summary>
    public bool IsSequential { get; init; }

    /// <summary>True when the generator proved that the workflow awaits nothing but durable work.</summary>
    public bool AwaitsOnlyDurableWork { get; init; }

    /// <summary>Whether a run whose code failed gets another attempt by itself; null for no, and for a policy that is named.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The name of a registered policy; null for none.</summary>
    public string? RetryPolicyName { get; init; }

    /// <summary>The steps of the declaring type; null for none.</summary>
    public Func<StepDefinition[]>? Steps { get; init; }

    /// <summary>The contracts of the declaring assembly, for inline steps.</summary>
    public required JsonSerializerOptions Json { get; init; }
}

/// <summary>What the generator knows of a workflow.</summary>
/// <typeparam name="TArguments">A generated class: the arguments, stored as an object by parameter name.</typeparam>
/// <typeparam name="TResult">The result; <see cref="Nothing"/> for none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class WorkflowDefinition<TArguments, TResult> : WorkflowDefinition
    where TArguments : class
{
    /// <summary>Runs the body.</summary>
    public required WorkflowBody<TArguments, TResult> Body { get; init; }

    /// <summary>How the arguments are stored.</summary>
    public required PayloadType<TArguments> Arguments { get; init; }

    /// <summary>How the result is stored.</summary>
    public required PayloadType<TResult> Result { get; init; }

    /// <summary>False when there are no arguments, or the user leaves all of them out of the fingerprint.</summary>
    public bool IsFingerprinted { get; init; } = true;

    /// <summary>A call of this workflow; the arguments are serialized at once.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="PayloadException">The arguments cannot be stored.</exception>
    /// <exception cref="PayloadTooLargeException">The arguments exceed <see cref="DurableLimits.MaxPayloadBytes"/>.</exception>
    public WorkflowCall<TResult> Call(TArguments arguments)
        => new(this, Result, Serialization.StoredPayload.Write(Arguments, arguments, $"The arguments of workflow '{Name}'"), IsFingerprinted ? Arguments.Fingerprint(arguments) : 0);
}
