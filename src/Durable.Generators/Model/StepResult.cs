using Durable.Generators.Emission;

namespace Durable.Generators.Model;

/// <summary>A step whose definition the module cannot name.</summary>
/// <param name="Step">Its name, or one that it had; of an inline step null where that is not known.</param>
/// <param name="Payload">How the result is stored, as an expression; of an inline step null where that is not known.</param>
internal sealed record StepResult(string? Step, string? Payload) : IComparable<StepResult>
{
    /// <summary>A step of a generic type under all its names; none for one whose result is private to the type too.</summary>
    public static IEnumerable<StepResult> Of(StepModel step, ContainerModel container)
        => step.Result is { } result && (result.Payload.IsLocal || result.Serializer is not null)
            ? []
            : step.Aliases.Prepend(step.Name).Select(name => new StepResult(name, BodyText.ResultPayload(step, container)));

    public int CompareTo(StepResult? other) => string.CompareOrdinal(Step, other?.Step) is var order and not 0 ? order : string.CompareOrdinal(Payload, other?.Payload);
}
