using Durable.Generators.Emission;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>The result of an inline step, or what another call of the context stores.</summary>
/// <param name="Payload">How it is stored; null where there is none, or a type parameter decides.</param>
/// <param name="HasResult">False for a step without a result.</param>
/// <param name="Step">The name of the step, or of what is waited for, where it is a constant; else null.</param>
/// <param name="IsStep">False for a call that is no step.</param>
/// <param name="Sent">How what the call stores for others is stored; null for nothing.</param>
internal sealed record InlineResult(PayloadModel? Payload, bool HasResult, string? Step, bool IsStep, PayloadModel? Sent)
{
    /// <summary>All that is stored of it.</summary>
    public IEnumerable<PayloadModel> Payloads => new[] { Payload, Sent }.OfType<PayloadModel>();

    /// <summary>The inline steps and waits whose results are masked where payloads are shown.</summary>
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
            .Where(result => result.IsStep)
            .Select(result => new StepResult(result.Step, !result.HasResult ? $"{Names.Nothing}.Payload" : result.Payload is { IsStorable: true } payload ? Handle(payload, generatedNamespace) : null))
            // Where the name is not known, neither is of use.
            .Select(result => result.Step is null ? new StepResult(null, null) : result)
            .Distinct()
            .OrderBy(result => result);

    private static string Handle(PayloadModel payload, string generatedNamespace) => $"global::{generatedNamespace}.DurablePayloads.{Durable.Code.CodeText.Identifier(PayloadIdentifier.Of(payload.RootName))}";
}
