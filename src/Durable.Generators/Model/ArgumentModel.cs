using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>A parameter that is stored.</summary>
/// <param name="Name">The name as it is stored.</param>
/// <param name="Signature">The parameter as the factory of calls declares it again.</param>
/// <param name="Default">The declared default as an expression; null for a required parameter.</param>
/// <param name="IsFingerprinted">False when the user leaves it out of the fingerprint.</param>
/// <param name="Payload">How it is stored.</param>
/// <param name="IsSensitive">True when it is masked where arguments are shown.</param>
internal sealed record ArgumentModel(string Name, ParameterModel Signature, string? Default, bool IsFingerprinted, PayloadModel Payload, bool IsSensitive);
