namespace Durable;

/// <summary>
/// Lets a step that throws be tried again. On a step it holds for that step; on a class for the steps declared in it; on an assembly for all its steps. The nearest one counts, whole: nothing is merged.
/// On a workflow it grants the run itself further attempts.
/// </summary>
/// <remarks>
/// Durations are texts of a number and a unit: <c>"500ms"</c>, <c>"1s"</c>, <c>"1.5s"</c>, <c>"2m"</c>, <c>"1h"</c>, <c>"7d"</c>. Wrong values do not compile.
/// A step without this attribute, there or around it, gets one attempt; <c>[Retry(MaxAttempts = 1)]</c> asks for that where one stands around it.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, Inherited = false)]
public sealed class RetryAttribute : Attribute
{
    /// <summary>Three attempts, waiting about one second, then two: the defaults.</summary>
    public RetryAttribute() { }

    /// <summary>A policy that is registered by name, <c>durable.AddRetryPolicy("gateway", ...)</c>; nothing else may be set beside it. A host that lacks it does not start.</summary>
    /// <param name="policy">The name.</param>
    public RetryAttribute(string policy) => Policy = policy;

    /// <summary>The name of a registered policy; null where the attribute says all itself.</summary>
    public string? Policy { get; }

    /// <inheritdoc cref="RetryPolicy.MaxAttempts"/>
    public int MaxAttempts { get; set; } = 3;

    /// <inheritdoc cref="RetryPolicy.InitialDelay"/>
    public string InitialDelay { get; set; } = "1s";

    /// <inheritdoc cref="RetryPolicy.BackoffRate"/>
    public double BackoffRate { get; set; } = 2;

    /// <inheritdoc cref="RetryPolicy.MaxDelay"/>
    public string MaxDelay { get; set; } = "5m";

    /// <inheritdoc cref="RetryPolicy.Jitter"/>
    public Jitter Jitter { get; set; } = Jitter.Full;

    /// <inheritdoc cref="RetryPolicy.MaxElapsed"/>
    public string? MaxElapsed { get; set; }

    /// <inheritdoc cref="RetryPolicy.AttemptTimeout"/>
    public string? AttemptTimeout { get; set; }

    /// <inheritdoc cref="RetryPolicy.RetryOn"/>
    public Type[] RetryOn { get; set; } = [];

    /// <inheritdoc cref="RetryPolicy.NeverRetryOn"/>
    public Type[] NeverRetryOn { get; set; } = [];

    /// <inheritdoc cref="RetryPolicy.RetryOnMessage"/>
    public string? RetryOnMessage { get; set; }
}
