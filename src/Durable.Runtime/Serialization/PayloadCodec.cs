using System.Text.Json;
using Durable.CompilerServices;

namespace Durable.Serialization;

/// <summary>Payloads to bytes and back, with errors that say whose payload and which member. Converters and constructors are user code and may throw anything.</summary>
internal static class PayloadCodec
{
    public static ReadOnlyMemory<byte> Write<T>(PayloadType<T> type, T value, string what)
    {
        byte[] bytes;
        try
        {
            if (type.Json is not { } json)
                return default;
            bytes = JsonSerializer.SerializeToUtf8Bytes(value, json);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new PayloadException($"{what} cannot be stored{As<T>()}: {exception.Message}", exception);
        }

        return bytes.Length <= DurableLimits.MaxPayloadBytes ? bytes : throw new PayloadTooLargeException(what, bytes.Length);
    }

    public static T Read<T>(PayloadType<T> type, ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            if (type.Json is not { } json)
                return default!;
            return JsonSerializer.Deserialize(bytes, json)!;
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"{what} cannot be read{As<T>()} at '{exception.Path ?? "$"}': {exception.Message}", exception) { Place = $"{what} cannot be read{As<T>()}" };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new PayloadException($"{what} cannot be read{As<T>()}: {exception.Message}", exception) { Place = $"{what} cannot be read{As<T>()}" };
        }
    }

    // The class that holds a workflow's arguments is generated: its name would tell a user nothing.
    private static string As<T>() => typeof(T).Namespace?.StartsWith("Durable.Generated.", StringComparison.Ordinal) == true || typeof(T).DeclaringType?.Name == "__DurablePayloads" ? "" : $" as '{typeof(T)}'";
}
