namespace Durable.Payloads;

/// <summary>A parameter that becomes a member of a generated arguments type.</summary>
/// <param name="Name">The name, unescaped.</param>
/// <param name="Payload">Its type.</param>
/// <param name="DefaultText">The declared default as an expression; null for a required argument.</param>
/// <param name="IsFingerprinted">False when the fingerprint leaves it out.</param>
/// <param name="IsSensitive">True when it is masked where payloads are shown.</param>
internal sealed record PayloadArgument(string Name, PayloadModel Payload, string? DefaultText, bool IsFingerprinted = true, bool IsSensitive = false);
