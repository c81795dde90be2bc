namespace Durable;

/// <summary>Leaves a parameter out of the fingerprint: its value may differ on replay without being taken for a change of the workflow.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NotFingerprintedAttribute : Attribute;
