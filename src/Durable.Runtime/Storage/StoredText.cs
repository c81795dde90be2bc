namespace Durable.Storage;

/// <summary>Text that every store can keep: ids and names. Payloads are bytes and need no such rule. Every store checks what it is given to keep, so that all refuse the same with the same words.</summary>
public static class StoredText
{
    /// <summary>Refuses a text with NUL or half of a surrogate pair in it: not every store could give it back.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for the message: "run id".</param>
    /// <exception cref="ArgumentException">It cannot be kept.</exception>
    public static void Check(string text, string what)
    {
        if (Problem(text) is { } problem)
            throw new ArgumentException($"The {what} {problem}, which stores cannot keep. Nothing was written.", nameof(text));
    }

    /// <summary>Why a text cannot be kept; null when it can.</summary>
    internal static string? Problem(string text)
    {
        if (text.Contains('\0'))
            return "contains NUL";
        // Nearly every text ends here: the search is vectorized.
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var i = first; first >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return "contains half of a surrogate pair";
            i++;
        }

        return null;
    }

    /// <summary>Compares by code point, as UTF-8 bytes compare. UTF-16 differs: it puts surrogates below the last characters of the basic plane.</summary>
    internal static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length - right.Length;
        return InOrderOfCodePoints(left[common]) - InOrderOfCodePoints(right[common]);
    }

    private static int InOrderOfCodePoints(char unit)
        => char.IsSurrogate(unit) ? unit + 0x2000 : unit >= 0xE000 ? unit - 0x800 : unit;
}
