namespace Durable;

/// <summary>How an inline step is executed: what <see cref="StepAttribute"/> and <see cref="RetryAttribute"/> say of a declared one. Replay uses what was recorded, whatever is set here then.</summary>
public sealed class StepOptions
{
    /// <summary>Whether a failed attempt is followed by another. Null (default) for one attempt; what stands on types and assemblies does not hold for inline steps.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <inheritdoc cref="StepAttribute.Mode"/>
    public StepMode Mode { get; init; }

    /// <inheritdoc cref="StepAttribute.OnFailure"/>
    public StepFailure OnFailure { get; init; }
}
