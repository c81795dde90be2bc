using System.Text;

namespace Durable.Testing.History;

/// <summary>What a check found.</summary>
/// <param name="Violations">What is broken; empty unless <see cref="Kind"/> is <see cref="HistoryVerdictKind.Violated"/>.</param>
/// <param name="Shortfalls">Why the history shows nothing, in words.</param>
/// <param name="Activity">How much happened.</param>
public sealed record HistoryVerdict(IReadOnlyList<HistoryViolation> Violations, IReadOnlyList<string> Shortfalls, HistoryActivity Activity)
{
    private const int MaxShown = 10;

    /// <summary>The verdict in one word.</summary>
    public HistoryVerdictKind Kind
        => Violations.Count > 0 ? HistoryVerdictKind.Violated : Shortfalls.Count > 0 ? HistoryVerdictKind.Void : HistoryVerdictKind.Valid;

    /// <summary>The verdict as a person reads it, with the lines that prove each violation.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Kind).Append(": ").Append(Activity);
        foreach (var shortfall in Shortfalls)
            text.Append("\n  too little: ").Append(shortfall);
        foreach (var violation in Violations.Take(MaxShown))
            text.Append('\n').Append(violation);
        if (Violations.Count > MaxShown)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n  and {Violations.Count - MaxShown} more: ")
                .AppendJoin(", ", Violations.Skip(MaxShown).GroupBy(violation => violation.Rule).Select(rule => $"{rule.Key} {rule.Count()}"));
        return text.ToString();
    }
}

/// <summary>A verdict in one word.</summary>
public enum HistoryVerdictKind
{
    /// <summary>Enough happened, and nothing is broken.</summary>
    Valid,

    /// <summary>A rule is broken for certain.</summary>
    Violated,

    /// <summary>Nothing is broken, but too little happened to show anything.</summary>
    Void,
}
