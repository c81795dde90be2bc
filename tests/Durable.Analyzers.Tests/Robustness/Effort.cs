using System.Globalization;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>How much is tried: a tenth, decided by fixed seeds, or everything (<c>DURABLE_ROBUSTNESS=full</c>).</summary>
internal static class Effort
{
    /// <summary>True when everything is tried.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("DURABLE_ROBUSTNESS") == "full";

    /// <summary>True when one mutant is repeated.</summary>
    public static bool IsOne => Number("DURABLE_MUTANT") is not null;

    /// <summary>The seeds of the mutants: the one to repeat (<c>DURABLE_MUTANT</c>), or those from <c>DURABLE_MUTANTS_FROM</c> (1) on.</summary>
    public static IEnumerable<int> Mutants => Number("DURABLE_MUTANT") is { } one ? [one] : Enumerable.Range(Number("DURABLE_MUTANTS_FROM") ?? 1, IsFull ? 20_000 : 2_000);

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
