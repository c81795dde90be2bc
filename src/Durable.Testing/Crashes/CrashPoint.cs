using System.Globalization;

namespace Durable.Testing.Crashes;

/// <summary>A place where a host can die. Its text names it for good: <c>after commit 3</c>, <c>inside body /Charge[order-17]</c>.</summary>
/// <param name="Moment">What the host was about to do, or had just done.</param>
/// <param name="Number">The how-manieth time since the host, or the one after the last crash, came to this moment (of this body); counted from 1.</param>
/// <param name="Body">The step id, after the run id where there are several runs; null for moments that are not about a body.</param>
public readonly record struct CrashPoint(CrashMoment Moment, int Number, string? Body = null)
{
    private const string Then = ", then ";

    private static readonly (CrashMoment Moment, string Words)[] s_words =
    [
        (CrashMoment.BeforeCreate, "before create "),
        (CrashMoment.AfterCreate, "after create "),
        (CrashMoment.AfterClaim, "after claim "),
        (CrashMoment.AfterLoad, "after load "),
        (CrashMoment.BeforeCommit, "before commit "),
        (CrashMoment.AfterCommit, "after commit "),
        (CrashMoment.BeforeBody, "before body "),
        (CrashMoment.InsideBody, "inside body "),
        (CrashMoment.BeforeResume, "before resume "),
        (CrashMoment.AfterResume, "after resume "),
    ];

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text, for instance <c>after commit 3</c>.</param>
    /// <exception cref="FormatException">The text names no crash point.</exception>
    public static CrashPoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (moment, words) in s_words)
        {
            if (!text.StartsWith(words, StringComparison.Ordinal))
                continue;
            var rest = text[words.Length..];
            if (moment is CrashMoment.BeforeBody or CrashMoment.InsideBody)
                return rest.Length > 0 ? ParseBody(moment, rest) : throw Unreadable(text);
            if (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                return new CrashPoint(moment, number);
        }

        throw Unreadable(text);
    }

    /// <summary>Reads crashes in a row: <c>after commit 3, then inside body /Charge</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text names no crash points.</exception>
    public static IReadOnlyList<CrashPoint> ParsePlan(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(Then).Select(Parse)];
    }

    /// <summary>The text that names the point.</summary>
    public override string ToString()
    {
        var moment = Moment;
        var words = Array.Find(s_words, w => w.Moment == moment).Words;
        return Body is null
            ? string.Create(CultureInfo.InvariantCulture, $"{words}{Number}")
            : Number == 1 ? words + Body : string.Create(CultureInfo.InvariantCulture, $"{words}{Body} ({Number})");
    }

    internal static string PlanText(IReadOnlyList<CrashPoint> plan) => plan.Count == 0 ? "undisturbed" : string.Join(Then, plan);

    private static CrashPoint ParseBody(CrashMoment moment, string rest)
    {
        var open = rest.LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && rest.EndsWith(')') && int.TryParse(rest.AsSpan(open + 2, rest.Length - open - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new CrashPoint(moment, number, rest[..open])
            : new CrashPoint(moment, 1, rest);
    }

    private static FormatException Unreadable(string text)
        => new($"'{text}' names no crash point. They read like '{string.Join("', '", s_words.Select(w => w.Words + (w.Words.Contains("body", StringComparison.Ordinal) ? "/Step" : "1")))}'.");
}
