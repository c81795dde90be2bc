using System.Buffers.Binary;
using System.Text;

namespace Durable.Serialization.Codecs;

/// <summary>
/// What takes the place of a stored payload that cannot be decoded, from the store to where it is needed: there it becomes an error, and nowhere else. So one of them keeps neither its run from being claimed
/// and listed, nor other runs from anything. It is in memory only.
/// </summary>
/// <param name="Codec">The codec that is missing or fails; null when that is not known.</param>
/// <param name="Problem">What is wrong, and what to do.</param>
/// <param name="Stored">What is stored.</param>
internal sealed record UnreadablePayload(string? Codec, string Problem, ReadOnlyMemory<byte> Stored)
{
    // The mark and the form.
    private const int HeaderLength = 2;

    public static string NotRegistered(string codec)
        => $"it was encoded by payload codec '{codec}', which is not registered here. Register it: durable.UsePayloadCodec(codec), or with readOnly: true to write without it from now on.";

    /// <summary>The payload as an error; null for one that can be read.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="what">Whose it is.</param>
    public static PayloadCodecException? Error(ReadOnlySpan<byte> payload, string what)
        => PayloadEnvelope.IsAt(payload) && Find(payload.ToArray()) is { } unreadable ? new PayloadCodecException(what, unreadable.Codec, unreadable.Problem) : null;

    /// <summary>The payload as it is stored, where that is all that can be shown.</summary>
    public static ReadOnlyMemory<byte> Shown(ReadOnlyMemory<byte> payload)
        => PayloadEnvelope.IsAt(payload.Span) && Find(payload) is { } unreadable ? unreadable.Stored : payload;

    /// <summary>What the store gives in place of the payload.</summary>
    public ReadOnlyMemory<byte> ToPayload()
    {
        var (codec, problem) = (Encoding.UTF8.GetBytes(Codec ?? ""), Encoding.UTF8.GetBytes(Problem));
        var bytes = new byte[HeaderLength + 2 * sizeof(int) + codec.Length + problem.Length + Stored.Length];
        (bytes[0], bytes[1]) = (PayloadEnvelope.Mark, PayloadEnvelope.UnreadableForm);
        var rest = bytes.AsSpan(HeaderLength);
        foreach (var text in (byte[][])[codec, problem])
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, text.Length);
            text.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + text.Length)..];
        }

        Stored.Span.CopyTo(rest);
        return bytes;
    }

    // Null for bytes that begin alike by chance: what they are is for their reader to say.
    private static UnreadablePayload? Find(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > HeaderLength && payload.Span[1] == PayloadEnvelope.UnreadableForm)
        {
            var rest = payload[HeaderLength..];
            return TryTakeText(ref rest, out var codec) && TryTakeText(ref rest, out var problem) ? new(codec.Length == 0 ? null : codec, problem, rest) : null;
        }

        // As stored: this application has no codecs at all.
        if (!PayloadEnvelope.TryRead(payload, out var codecs, out _))
            return null;
        return codecs.Count == 0
            ? new(null, "it was stored by an application with payload codecs, and none is registered here. Register them: durable.UsePayloadCodec(codec).", payload)
            : new(codecs[^1], NotRegistered(codecs[^1]), payload);
    }

    private static bool TryTakeText(ref ReadOnlyMemory<byte> bytes, out string text)
    {
        text = "";
        if (bytes.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(bytes.Span) is var length && (length < 0 || length > bytes.Length - sizeof(int)))
            return false;
        text = Encoding.UTF8.GetString(bytes.Span.Slice(sizeof(int), length));
        bytes = bytes[(sizeof(int) + length)..];
        return true;
    }
}
