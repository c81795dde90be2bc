using System.Globalization;
using System.Text.Json;

namespace Durable.CompilerServices;

/// <summary>A number of JSON as it is: its digits from the first that is not zero to the last, and the power of ten of the last. Two texts of one number are equal.</summary>
/// <param name="IsNegative">True for a number below zero.</param>
/// <param name="Digits">The digits; empty for zero.</param>
/// <param name="Exponent">The power of ten, as text where it is beyond all bounds.</param>
internal readonly record struct JsonNumber(bool IsNegative, string Digits, string Exponent)
{
    // More than these no decimal rounds: 28 characters are 28 digits at most, and as many decimal places.
    private const int AlwaysExact = 28;

    /// <summary>The number as a decimal; null when a decimal cannot hold it.</summary>
    public static decimal? AsDecimal(JsonElement number)
    {
        if (!number.TryGetDecimal(out var value))
            return null;
        var text = number.GetRawText();
        return (text.Length <= AlwaysExact && !text.AsSpan().ContainsAny('e', 'E')) || Parse(text) == Parse(value.ToString(CultureInfo.InvariantCulture)) ? value : null;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="text">The number as JSON writes it.</param>
    public static JsonNumber Parse(string text)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = end < 0 ? text : text[..end];
        var point = mantissa.IndexOf('.');
        var all = (point < 0 ? mantissa : mantissa.Remove(point, 1)).TrimStart('-').TrimStart('0');
        var digits = all.TrimEnd('0');
        if (digits.Length == 0)
            return new JsonNumber(false, "", "0");
        var places = all.Length - digits.Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        var isNegative = text[0] == '-';
        if (end < 0)
            return new JsonNumber(isNegative, digits, places.ToString(CultureInfo.InvariantCulture));
        return Int128.TryParse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? new JsonNumber(isNegative, digits, (exponent + places).ToString(CultureInfo.InvariantCulture))
            : new JsonNumber(isNegative, digits, text[(end + 1)..]);
    }

    public override string ToString() => $"{(IsNegative ? "-" : "")}{Digits}E{Exponent}";
}
