using System.Globalization;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>How much is tried: a tenth, decided by fixed seeds; everything (<c>DURABLE_ROBUSTNESS=full</c>); or one part of everything (<c>DURABLE_ROBUSTNESS=3/20</c>).</summary>
internal static class Effort
{
    private const int AllMutants = 20_000;

    private static readonly string? s_asked = Environment.GetEnvironmentVariable("DURABLE_ROBUSTNESS");

    /// <summary>Which part of everything is tried, from 1 on, and of how many; null for a tenth.</summary>
    public static (int Number, int Of)? Part { get; } = s_asked switch
    {
        null or "" => null,
        "full" => (1, 1),
        _ => s_asked.Split('/') is [var number, var of] ? (Parse(number), Parse(of)) : throw new FormatException($"DURABLE_ROBUSTNESS is 'full' or a part such as '3/20', not '{s_asked}'."),
    };

    /// <summary>True when one mutant is repeated.</summary>
    public static bool IsOne => Number("DURABLE_MUTANT") is not null;

    /// <summary>The seeds of the mutants: the one to repeat (<c>DURABLE_MUTANT</c>), or those from <c>DURABLE_MUTANTS_FROM</c> (1) on.</summary>
    public static IReadOnlyList<int> Mutants { get; } = Number("DURABLE_MUTANT") is { } one ? [one] : [.. Seeds(Number("DURABLE_MUTANTS_FROM") ?? 1)];

    private static IEnumerable<int> Seeds(int from)
    {
        var (number, of) = Part ?? (1, 10);
        var first = AllMutants * (number - 1) / of;
        return Enumerable.Range(from + first, (AllMutants * number / of) - first);
    }

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? Parse(text) : null;

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
