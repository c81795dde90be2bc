namespace Durable.Storage;

/// <summary>Text that every store can keep: ids and names. Payloads are bytes and need no such rule.</summary>
internal static class StoredText
{
    /// <summary>Why a text cannot be kept; null when it can.</summary>
    public static string? Problem(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return "contains NUL";
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return "contains half of a surrogate pair";
            i++;
        }

        return null;
    }

    /// <summary>Compares by code point, as UTF-8 bytes compare. UTF-16 differs: it puts surrogates below the last characters of the basic plane.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length - right.Length;
        return InOrderOfCodePoints(left[common]) - InOrderOfCodePoints(right[common]);
    }

    private static int InOrderOfCodePoints(char unit)
        => char.IsSurrogate(unit) ? unit + 0x2000 : unit >= 0xE000 ? unit - 0x800 : unit;
}
