namespace Durable.Storage.Contract;

/// <summary>Texts that a careless store confuses, cuts, folds or executes. All different, all to be kept exactly.</summary>
public static class HostileTexts
{
    private static readonly string[] s_seeds =
    [
        "a", "A", "\u00E5", "a\u030A", "\u212B", "\u00C5", "\u00DF", "ss", "SS", "\u0130", "i", "I", "\u0131", "\uFF21", "\u03C3", "\u03C2",
        "e\u0301", "\u00E9", "\u1E9B\u0323", "\u1E69", "\uFB01", "fi", "\u2126", "\u03A9", "\uAC00", "\u1100\u1161",
        "'", "\"", "`", "''", "\\", "\\\\", "\\'", "';--", "'; DROP TABLE runs; --", "\" OR \"\"=\"", "$1", "?1", ":p", "@p", "%s", "{0}", "${x}", "<b>", "&amp;", "/* */", "--",
        "%", "_", "%_", "*", "?", "[a]", "^", "~", ".", "..", "/", "a/b", "#", "#1", "a#1", "a[b]",
        "\t", "\n", "\r\n", "\u000B", "\u001F", "\u007F", "\u0085", "\u00A0", "\u2028", "\u3000", "\u200B", "\u200D", "\uFEFF", "\u00AD", "\u2060",
        "\u202Eabc", "\u202Dabc\u202C", "\u0645\u0631\u062D\u0628\u0627", "\u05E9\u05DC\u05D5\u05DD", "\u4E2D\u6587", "\u0E01\u0E33", "\u0F71\u0F72",
        "\U0001F600", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1E9\U0001F1EA", "\U0001F44D\U0001F3FD", "\U0010FFFF", "\uFFFF", "\uFFFE", "\uFFFD", "\uE000",
        "null", "NULL", "None", "undefined", "true", "0", "00", "-0", "0.0", "1e3", "0x10", "NaN", "con", "aux", "2030-01-01",
    ];

    /// <summary>Five hundred of them: each seed alone, before and after spaces, doubled, and between others.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. s_seeds
            .SelectMany(seed => new[] { seed, $" {seed}", $"{seed} ", $"{seed}{seed}", $"order-{seed}-1" })
            .Distinct(StringComparer.Ordinal)
            .Take(500),
    ];

    /// <summary>Texts that no store is to keep: not every one could give them back.</summary>
    public static IReadOnlyList<string> Refused { get; } = ["\0", "a\0b", "a\0", "\uD83D", "a\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"];
}
