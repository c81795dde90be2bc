using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>What is generated for a signal: the wait, and beside one of its waits what makes what is sent.</summary>
internal sealed record SignalModel : HalfModel
{
    /// <summary>The escaped name of the parameter that says how long it waits; null for no limit.</summary>
    public required string? Timeout { get; init; }

    /// <summary>The factory of what is sent; null where another wait for the signal has it.</summary>
    public required SignalFactory? Factory { get; init; }

    public override IEnumerable<PayloadModel> Payloads => Result is { } result ? [result.Payload] : [];
}

/// <summary>The factory of what is sent.</summary>
/// <param name="Modifiers">Accessibility and <c>static</c>.</param>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Obsolete">The attribute of an obsolete wait, which it repeats; null for none.</param>
internal sealed record SignalFactory(string Modifiers, string Name, string? Obsolete);
