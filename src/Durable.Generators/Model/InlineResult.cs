using Durable.Generators.Emission;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>The result of an inline step.</summary>
/// <param name="Payload">How it is stored; null where there is none, or a type parameter decides.</param>
/// <param name="HasResult">False for a step without a result.</param>
/// <param name="Step">The step's name where it is a constant; else null.</param>
internal sealed record InlineResult(PayloadModel? Payload, bool HasResult, string? Step)
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
            .Where(result => result.HasResult && (result.Payload?.HoldsSensitive ?? holdsSensitive))
            .Select(result => result is { Payload: { } payload, Step: { } step } ? new SensitiveResult(step, Handle(payload, generatedNamespace)) : new SensitiveResult(null, null))
            .Distinct()
            .OrderBy(result => result);
    }

    /// <summary>The inline steps by name.</summary>
    /// <param name="results">All inline results.</param>
    /// <param name="generatedNamespace">The namespace of what is generated once for the assembly.</param>
    public static IEnumerable<StepResult> Known(IEnumerable<InlineResult?> results, string generatedNamespace)
        => results.OfType<InlineResult>()
            .Select(result => new StepResult(result.Step, !result.HasResult ? $"{Names.Nothing}.Payload" : result.Payload is { IsStorable: true } payload ? Handle(payload, generatedNamespace) : null))
            // Where the name is not known, neither is of use.
            .Select(result => result.Step is null ? new StepResult(null, null) : result)
            .Distinct()
            .OrderBy(result => result);

    private static string Handle(PayloadModel payload, string generatedNamespace) => $"global::{generatedNamespace}.DurablePayloads.{Durable.Code.CodeText.Identifier(PayloadIdentifier.Of(payload.RootName))}";
}
