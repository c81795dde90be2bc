using Durable.CompilerServices;

namespace Durable.Registration;

/// <summary>The retry policies that the host registered by name.</summary>
internal sealed class RetryPolicies(IReadOnlyDictionary<string, RetryPolicy> named)
{
    public static RetryPolicies None { get; } = new(new Dictionary<string, RetryPolicy>());

    /// <summary>The policy of a step; null for one attempt.</summary>
    public RetryPolicy? Of(StepDefinition step) => step.RetryPolicyName is { } name ? Named(name) : step.Retry;

    /// <summary>The policy of a workflow; null for one attempt.</summary>
    public RetryPolicy? Of(WorkflowDefinition workflow) => workflow.RetryPolicyName is { } name ? Named(name) : workflow.Retry;

    /// <exception cref="InvalidOperationException">No policy of this name is registered.</exception>
    public RetryPolicy Named(string name) => named.TryGetValue(name, out var policy)
        ? policy
        : throw new InvalidOperationException($"No retry policy is named '{name}'. Register it in AddDurable: durable.AddRetryPolicy(\"{name}\", new RetryPolicy {{ ... }}).");
}
