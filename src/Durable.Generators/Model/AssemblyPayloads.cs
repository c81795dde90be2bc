using Durable.Collections;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>Every payload of an assembly.</summary>
/// <param name="IsNeeded">True when there is generated code that asks for contracts, be it for none.</param>
/// <param name="Types">The distinct payloads of valid declarations, inline steps and errors.</param>
internal sealed record AssemblyPayloads(bool IsNeeded, EquatableArray<PayloadModel> Types)
{
    public static AssemblyPayloads Of(IEnumerable<ContainerGroup> containers, IEnumerable<InlineResult?> inlineResults, IEnumerable<ErrorModel> errors)
    {
        var bodies = containers.SelectMany(group => group.Declarations).Select(declaration => declaration.Body).OfType<HalfModel>().ToList();
        var types = bodies.SelectMany(body => body.Payloads).Concat(inlineResults.OfType<InlineResult>().SelectMany(result => result.Payloads)).Concat(errors.Select(error => error.Data)).Distinct().ToEquatableArray();
        return new AssemblyPayloads(bodies.Count > 0 || types.Count > 0, types);
    }
}
