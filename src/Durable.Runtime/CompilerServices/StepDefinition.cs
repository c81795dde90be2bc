using System.ComponentModel;

namespace Durable.CompilerServices;

/// <summary>Runs a step's body.</summary>
/// <param name="arguments">The receiver and the arguments of the call.</param>
/// <param name="step">The execution's context.</param>
/// <param name="cancellationToken">The caller's token, linked with the incarnation's.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<TResult> StepBody<TArguments, TResult>(TArguments arguments, StepContext step, CancellationToken cancellationToken);

/// <summary>What the generator knows of a step, without its types.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StepDefinition
{
    private protected StepDefinition() { }

    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>Earlier names whose checkpoints this step reads.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>True when the whole run shares one execution.</summary>
    public bool OncePerRun { get; init; }

    /// <summary>How often the body may run when its process dies.</summary>
    public StepMode Mode { get; init; }

    /// <summary>True when a failure is kept for good.</summary>
    public bool KeepsFailure { get; init; }

    /// <summary>Whether a failed attempt is followed by another; null for one attempt, and for a policy that is named.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The name of a registered policy; null for none.</summary>
    public string? RetryPolicyName { get; init; }

    /// <summary>True when the body waits for workflow code, which executes the step by hand.</summary>
    internal bool IsByHand { get; init; }

    /// <summary>False when the user leaves all arguments out of the fingerprint.</summary>
    public bool IsFingerprinted { get; init; } = true;

    internal abstract PayloadType ResultPayload { get; }
}

/// <summary>What the generator knows of a step.</summary>
/// <typeparam name="TArguments">A tuple: the receiver and the arguments of a call.</typeparam>
/// <typeparam name="TResult">The result; <see cref="Nothing"/> for none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StepDefinition<TArguments, TResult> : StepDefinition
    where TArguments : struct
{
    /// <summary>Runs the body.</summary>
    public required StepBody<TArguments, TResult> Body { get; init; }

    /// <summary>How the result is stored.</summary>
    public required PayloadType<TResult> Result { get; init; }

    /// <summary>The key of a call, invariantly formatted and not yet escaped; null for a step without a key.</summary>
    public Func<TArguments, string?>? Key { get; init; }

    /// <summary>Tells the arguments of a call, which are fingerprinted and, with <see cref="DurableOptions.RecordArguments"/>, recorded; null for a step without arguments.</summary>
    public Action<ArgumentsWriter, TArguments>? Arguments { get; init; }

    internal override PayloadType ResultPayload => Result;
}
