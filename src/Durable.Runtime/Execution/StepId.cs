using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Durable.Execution;

/// <summary>The identity of a durable call: <c>scope "/" name [ "[" key "]" ] [ "#" ordinal ]</c>, ordinal omitted when 0. Names and keys are escaped, so that the text can be taken apart again.</summary>
/// <param name="Scope">The scope's path, itself a sequence of escaped segments; empty for the root.</param>
/// <param name="Name">The name, unescaped.</param>
/// <param name="Key">The key, unescaped; null for none. Long keys are already replaced by their hash.</param>
/// <param name="Ordinal">Which call of this scope, name and key it is, from 0.</param>
internal readonly record struct StepId(string Scope, string Name, string? Key, int Ordinal)
{
    /// <summary>What notes about the run itself have in place of an id. No call has it: names are not empty.</summary>
    public const string Run = "/";

    private const string Special = "%/[]#";

    public override string ToString() => WithOrdinal(Call(Scope, Name, Key), Ordinal);

    /// <summary>The id without its ordinal: what ordinals are counted by.</summary>
    public static string Call(string scope, string name, string? key)
        => key is null ? $"{scope}/{Escape(name)}" : $"{scope}/{Escape(name)}[{Escape(key)}]";

    public static string WithOrdinal(string call, int ordinal)
        => ordinal == 0 ? call : string.Create(CultureInfo.InvariantCulture, $"{call}#{ordinal}");

    /// <summary>Keeps keys short: a long one is replaced by its hash.</summary>
    public static string? Shorten(string? key)
        => key is null || key.Length <= DurableLimits.MaxKeyLength ? key : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static StepId Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        var rest = text.AsSpan(slash + 1);
        var ordinal = 0;
        var hash = rest.IndexOf('#');
        if (hash >= 0)
        {
            ordinal = int.Parse(rest[(hash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[..hash];
        }

        string? key = null;
        var bracket = rest.IndexOf('[');
        if (bracket >= 0)
        {
            key = Unescape(rest[(bracket + 1)..^1]);
            rest = rest[..bracket];
        }

        return new StepId(slash <= 0 ? "" : text[..slash], Unescape(rest), key, ordinal);
    }

    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (Special.Contains(c))
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('%') < 0)
            return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 2;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
