using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Durable.Serialization.Codecs;

/// <summary>
/// The header in front of an encoded payload: a byte that no JSON begins with, the form, the number of codecs, and for each the length of its name and the name, in the order in which they were applied.
/// A payload without it was stored as it is; one that begins in the same way has another form in front of it, and nothing else.
/// </summary>
internal static class PayloadEnvelope
{
    /// <summary>No JSON begins with it. In a text, half a character would follow, and no form is one.</summary>
    public const byte Mark = 0xD5;

    /// <summary>In memory only: an <see cref="UnreadablePayload"/>.</summary>
    public const byte UnreadableForm = 0;

    private const byte EncodedForm = 1;
    private const byte PlainForm = 2;
    private const int PlainLength = 2;
    private const int FixedLength = 3;
    private const byte FirstOfHalfCharacters = 0x80;

    /// <summary>The characters that a codec's name is made of: each is one byte.</summary>
    public static bool IsName(string name)
        => name.Length is > 0 and <= DurableLimits.MaxCodecNameLength && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');

    public static bool IsAt(ReadOnlySpan<byte> payload) => payload.Length > 1 && payload[0] == Mark && payload[1] < FirstOfHalfCharacters;

    /// <summary>What stands in front of a payload that no codec changed and that would be taken for one.</summary>
    public static ReadOnlySpan<byte> PlainHeader => [Mark, PlainForm];

    /// <summary>What stands in front of what one or more codecs wrote.</summary>
    public static byte[] Header(IReadOnlyCollection<string> codecs)
    {
        var header = new byte[FixedLength + codecs.Sum(static name => 1 + name.Length)];
        (header[0], header[1], header[2]) = (Mark, EncodedForm, (byte)codecs.Count);
        var at = FixedLength;
        foreach (var name in codecs)
        {
            header[at] = (byte)name.Length;
            at += 1 + Encoding.ASCII.GetBytes(name, header.AsSpan(at + 1));
        }

        return header;
    }

    /// <summary>Takes an encoded payload apart.</summary>
    /// <param name="stored">What is stored.</param>
    /// <param name="codecs">The codecs, in the order in which they were applied; none for a payload behind <see cref="PlainHeader"/>.</param>
    /// <param name="encoded">What the last of them wrote, or the payload.</param>
    public static bool TryRead(ReadOnlyMemory<byte> stored, [NotNullWhen(true)] out IReadOnlyList<string>? codecs, out ReadOnlyMemory<byte> encoded)
    {
        (codecs, encoded) = (null, default);
        var bytes = stored.Span;
        if (bytes.StartsWith(PlainHeader) && bytes.Length > PlainLength)
        {
            (codecs, encoded) = ([], stored[PlainLength..]);
            return true;
        }

        if (bytes.Length < FixedLength || bytes[0] != Mark || bytes[1] != EncodedForm || bytes[2] is 0 or > DurableLimits.MaxPayloadCodecs)
            return false;
        var names = new string[bytes[2]];
        var at = FixedLength;
        for (var i = 0; i < names.Length; i++)
        {
            if (at >= bytes.Length || at + 1 + bytes[at] > bytes.Length)
                return false;
            names[i] = Encoding.ASCII.GetString(bytes.Slice(at + 1, bytes[at]));
            if (!IsName(names[i]))
                return false;
            at += 1 + names[i].Length;
        }

        (codecs, encoded) = (names, stored[at..]);
        return true;
    }
}
