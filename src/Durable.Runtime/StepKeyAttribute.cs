namespace Durable;

/// <summary>Marks the parameter whose value becomes part of the step id, so that calls for different items keep their identity when their order changes.</summary>
/// <remarks>String, integer, <see cref="Guid"/> or enum. Formatted invariantly, escaped; keys over 100 characters are replaced by their SHA-256 hash.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class StepKeyAttribute : Attribute;
