using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>The result of an inline step.</summary>
/// <param name="Payload">How it is stored; null where a type parameter decides.</param>
/// <param name="Step">The step's name where it is a constant and the result holds what is sensitive; else null.</param>
internal sealed record InlineResult(PayloadModel? Payload, string? Step)
{
    /// <summary>The inline steps whose results are masked where payloads are shown.</summary>
    /// <param name="results">All inline results.</param>
    /// <param name="payloads">The payloads of the assembly.</param>
    /// <param name="generatedNamespace">The namespace of what is generated once for the assembly.</param>
    public static IEnumerable<SensitiveResult> Sensitive(IEnumerable<InlineResult?> results, AssemblyPayloads payloads, string generatedNamespace)
    {
        var holdsSensitive = payloads.Types.Any(payload => payload.HoldsSensitive);
        return results.OfType<InlineResult>()
            // One whose type is not known may be any of the assembly's.
            .Where(result => result.Payload?.HoldsSensitive ?? holdsSensitive)
            .Select(result => result is { Payload: { } payload, Step: { } step } ? new SensitiveResult(step, $"global::{generatedNamespace}.DurablePayloads.{Durable.Code.CodeText.Identifier(PayloadIdentifier.Of(payload.RootName))}") : new SensitiveResult(null, null))
            .Distinct()
            .OrderBy(result => result);
    }
}
