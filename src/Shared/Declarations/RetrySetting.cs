using Durable.Collections;

namespace Durable.Declarations;

/// <summary>What a retry attribute says: only what is written there; the rest are the policy's own defaults.</summary>
internal sealed record RetrySetting
{
    /// <summary>The name of a registered policy; null where the attribute says all itself.</summary>
    public string? Policy { get; init; }

    public int? MaxAttempts { get; init; }

    public TimeSpan? InitialDelay { get; init; }

    public double? BackoffRate { get; init; }

    public TimeSpan? MaxDelay { get; init; }

    public int? Jitter { get; init; }

    public TimeSpan? MaxElapsed { get; init; }

    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>Names of exception types, from <c>global::</c> on.</summary>
    public EquatableArray<string> RetryOn { get; init; } = EquatableArray<string>.Empty;

    /// <inheritdoc cref="RetryOn"/>
    public EquatableArray<string> NeverRetryOn { get; init; } = EquatableArray<string>.Empty;

    public string? RetryOnMessage { get; init; }
}
