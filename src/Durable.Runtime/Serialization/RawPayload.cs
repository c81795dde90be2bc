using Durable.CompilerServices;
using Durable.Serialization.Codecs;

namespace Durable.Serialization;

/// <summary>Payloads that are the bytes of a serializer of the user's. Bytes that begin like the header of an encoded payload, which JSON never does, have one byte in front.</summary>
internal static class RawPayload
{
    private const byte Escape = PayloadEnvelope.Mark + 1;

    public static ReadOnlyMemory<byte> Write<T>(PayloadSerializer<T> serializer, T value, string what)
    {
        var bytes = PayloadSerializers.Bytes(serializer, value);
        if (bytes.Length > DurableLimits.MaxPayloadBytes)
            throw new PayloadTooLargeException(what, bytes.Length, ("", bytes.Length));
        return bytes.Length > 0 && bytes.Span[0] is PayloadEnvelope.Mark or Escape ? (byte[])[Escape, .. bytes.Span] : bytes;
    }

    /// <exception cref="InvalidDataException">The serializer threw.</exception>
    public static T Read<T>(PayloadSerializer<T> serializer, ReadOnlySpan<byte> payload)
    {
        try
        {
            return serializer.Read(payload.Length > 0 && payload[0] == Escape ? payload[1..] : payload);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException($"'{serializer.GetType()}' does not read it: {exception.Message} What was stored before the result had this serializer cannot be read by it.", exception);
        }
    }
}
