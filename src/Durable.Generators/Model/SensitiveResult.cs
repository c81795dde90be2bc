using Durable.Generators.Emission;

namespace Durable.Generators.Model;

/// <summary>A step or signal whose result is masked where payloads are shown.</summary>
/// <param name="Step">Its name, or one that it had; null for inline steps whose name is not known.</param>
/// <param name="Payload">How the result is stored, as an expression; null where the module cannot name it.</param>
internal sealed record SensitiveResult(string? Step, string? Payload) : IComparable<SensitiveResult>
{
    /// <summary>A step under all its names; none for most steps.</summary>
    public static IEnumerable<SensitiveResult> Of(StepModel step, ContainerModel container) => Of(step, "Result", step.Aliases.Prepend(step.Name), container);

    /// <summary>A signal, whose checkpoint holds what it brought; nothing for most.</summary>
    public static IEnumerable<SensitiveResult> Of(SignalModel signal, ContainerModel container) => Of(signal, "Payload", [signal.Name], container);

    private static IEnumerable<SensitiveResult> Of(HalfModel step, string property, IEnumerable<string> names, ContainerModel container)
    {
        if (step.Result is not { } result || !(result.IsSensitive || result.Payload.HoldsSensitive))
            return [];
        // What is private to a generic type has no name outside. What a serializer stores has no name but that of its step.
        var payload = container.IsGeneric && (result.Payload.IsLocal || result.Serializer is not null) ? null
            : result.Serializer is null ? BodyText.ResultPayload(step, container)
            : $"{Names.Definitions}.{step.DefinitionName}.{property}";
        return names.Select(name => new SensitiveResult(name, payload));
    }

    public int CompareTo(SensitiveResult? other) => string.CompareOrdinal(Step, other?.Step) is var order and not 0 ? order : string.CompareOrdinal(Payload, other?.Payload);
}
