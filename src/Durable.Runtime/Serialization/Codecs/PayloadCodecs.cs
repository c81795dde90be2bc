using System.Collections.Concurrent;

namespace Durable.Serialization.Codecs;

/// <summary>The codecs of an application: encodes by those that write, in the order in which they were registered, and decodes by whatever the payload names.</summary>
internal sealed class PayloadCodecs
{
    // A cipher adds a nonce and a tag.
    private const int UsualGrowth = 64;
    private const int MaxMessageLength = 500;

    private readonly List<(string Name, IPayloadCodec Codec)> _writing = [];
    private readonly Dictionary<string, IPayloadCodec> _byName = new(StringComparer.Ordinal);

    // By the codecs that applied, a bit for each. There are few combinations.
    private readonly ConcurrentDictionary<int, byte[]> _headers = new();

    /// <exception cref="InvalidOperationException">A name cannot be used, or two codecs have it.</exception>
    public PayloadCodecs(IReadOnlyCollection<(IPayloadCodec Codec, bool IsReadOnly)> codecs)
    {
        if (codecs.Count > DurableLimits.MaxPayloadCodecs)
            throw new InvalidOperationException($"{codecs.Count} payload codecs are registered; the limit is {DurableLimits.MaxPayloadCodecs} (DurableLimits.MaxPayloadCodecs). Give one codec several keys.");
        foreach (var (codec, isReadOnly) in codecs)
        {
            var name = codec.Name ?? "";
            if (!PayloadEnvelope.IsName(name))
                throw new InvalidOperationException($"The payload codec {codec.GetType()} is named '{name}'. A name has 1 to {DurableLimits.MaxCodecNameLength} of the characters a-z, A-Z, 0-9, '.', '-' and '_'.");
            if (!_byName.TryAdd(name, codec))
                throw new InvalidOperationException($"Two payload codecs are named '{name}': what is stored under that name could be read by one of them only. Rename one, or register it once.");
            if (!isReadOnly)
                _writing.Add((name, codec));
        }
    }

    /// <exception cref="StoreException">A codec failed.</exception>
    public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> payload, PayloadOrigin origin)
    {
        if (payload.IsEmpty)
            return payload;
        BoundedBuffer? encoded = null;
        var applied = 0;
        for (var i = 0; i < _writing.Count; i++)
        {
            var input = encoded?.Written ?? payload;
            var output = new BoundedBuffer(HeaderOf(applied | 1 << i), input.Length + UsualGrowth, DurableLimits.MaxDecodedPayloadBytes);
            if (!TryEncode(_writing[i].Name, _writing[i].Codec, input.Span, origin, output))
                continue;
            applied |= 1 << i;
            encoded = output;
        }

        if (encoded is not null)
            return encoded.ToStored();
        // Bytes that happen to begin like a header get one: what is given comes back.
        return PayloadEnvelope.IsAt(payload.Span) ? (byte[])[.. PayloadEnvelope.PlainHeader, .. payload.Span] : payload;
    }

    /// <summary>The payload, or an <see cref="UnreadablePayload"/> in its place.</summary>
    public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> stored, PayloadOrigin origin)
    {
        if (!PayloadEnvelope.IsAt(stored.Span))
            return stored;
        if (!PayloadEnvelope.TryRead(stored, out var names, out var payload))
            return Unreadable(null, "what is stored names no payload codecs in a way that this version of Durable knows. It is of a later version, or damaged.");
        for (var i = names.Count - 1; i >= 0; i--)
        {
            if (!_byName.TryGetValue(names[i], out var codec))
                return Unreadable(names[i], UnreadablePayload.NotRegistered(names[i]));
            if (TryDecode(names[i], codec, payload.Span, origin, out payload) is { } problem)
                return Unreadable(names[i], problem);
        }

        return payload;

        ReadOnlyMemory<byte> Unreadable(string? codec, string problem) => new UnreadablePayload(codec, problem, stored).ToPayload();
    }

    private byte[] HeaderOf(int applied)
        => _headers.GetOrAdd(applied, static (applied, writing) => PayloadEnvelope.Header([.. writing.Where((_, i) => (applied & 1 << i) != 0).Select(static codec => codec.Name)]), _writing);

    private static bool TryEncode(string name, IPayloadCodec codec, ReadOnlySpan<byte> payload, PayloadOrigin origin, BoundedBuffer encoded)
    {
        try
        {
            return codec.TryEncode(payload, origin, encoded);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new StoreException($"Payload codec '{name}' does not encode the {Words(origin)}. Nothing was written. It says: {Message(exception)}", exception);
        }
    }

    // Null when it succeeded.
    private static string? TryDecode(string name, IPayloadCodec codec, ReadOnlySpan<byte> encoded, PayloadOrigin origin, out ReadOnlyMemory<byte> payload)
    {
        var output = new BoundedBuffer([], encoded.Length + UsualGrowth, DurableLimits.MaxDecodedPayloadBytes);
        payload = default;
        try
        {
            codec.Decode(encoded, origin, output);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return output.IsExceeded
                ? $"payload codec '{name}' makes more than {DurableLimits.MaxDecodedPayloadBytes:N0} bytes of it (DurableLimits.MaxDecodedPayloadBytes), which no payload has. The stored bytes were changed."
                : $"either payload codec '{name}' lacks the key that it was encoded with, or the stored bytes were changed, or belong to another place. It says: {Message(exception)}";
        }

        payload = output.Written;
        return payload.IsEmpty ? $"payload codec '{name}' makes nothing of it, and nothing is never stored encoded. The stored bytes were changed." : null;
    }

    private static string Words(PayloadOrigin origin)
        => $"{origin.Part.ToString().ToLowerInvariant()} of {(origin.StepId is { } step ? $"step '{step}' of " : "")}run '{origin.RunId}'";

    // It is a user's type: its message may be anything, or throw.
    private static string Message(Exception exception)
    {
        var info = ErrorInfo.From(exception);
        return $"{info.TypeName}: {(info.Message.Length <= MaxMessageLength ? info.Message : info.Message[..MaxMessageLength])}";
    }
}
