using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;
using Durable.Serialization.Codecs;

namespace Durable.Serialization;

/// <summary>Payloads to bytes and back, with errors that say whose payload and which member. Converters and constructors are user code and may throw anything.</summary>
internal static class StoredPayload
{
    public static ReadOnlyMemory<byte> Write<T>(PayloadType<T> type, T value, string what)
    {
        ReadOnlyMemory<byte> bytes;
        JsonTypeInfo<T>? json = null;
        try
        {
            if (type.Serializer is { } serializer)
                return RawPayload.Write(serializer, value, what);
            json = type.Json;
            if (json is null)
                return default;
            bytes = type.Write(value);
        }
        catch (PayloadTooLargeException)
        {
            throw;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw NotWritten(type, value, json, what, exception);
        }

        if (bytes.Length <= DurableLimits.MaxPayloadBytes)
            return bytes;
        var largest = LargestMember.Find(bytes.Span);
        throw new PayloadTooLargeException(what, bytes.Length, (type.IsSensitive ? "" : PayloadFailure.Path(type, largest.Path), largest.Bytes));
    }

    public static T Read<T>(PayloadType<T> type, ReadOnlySpan<byte> bytes, string what)
    {
        if (UnreadablePayload.Error(bytes, what) is { } unreadable)
            throw unreadable;
        try
        {
            if (type.Serializer is { } serializer)
                return RawPayload.Read(serializer, bytes);
            if (type.Json is not { } json)
                return default!;
            return JsonSerializer.Deserialize(bytes, json)!;
        }
        catch (JsonException) when (IsTooDeep(bytes))
        {
            throw new PayloadTooDeepException(what, "") { Place = $"{what} cannot be read{As<T>()}" };
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"{what} cannot be read{As<T>()} at '{PayloadFailure.Path(type, exception.Path)}': {PayloadFailure.Message(type, exception)}", PayloadFailure.Cause(type, exception)) { Place = $"{what} cannot be read{As<T>()}" };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new PayloadException($"{what} cannot be read{As<T>()}: {PayloadFailure.Message(type, exception)}", PayloadFailure.Cause(type, exception)) { Place = $"{what} cannot be read{As<T>()}" };
        }
    }

    private static PayloadException NotWritten<T>(PayloadType<T> type, T value, JsonTypeInfo<T>? json, string what, Exception exception)
    {
        var failing = json is null ? null : FailingMember.Find(value, json);
        if (exception is JsonException && failing is { Depth: >= DurableLimits.MaxPayloadDepth } deep)
            return new PayloadTooDeepException(what, PayloadFailure.Path(type, deep.Path));
        var at = failing is { } member && PayloadFailure.Path(type, member.Path) is not "$" and var path ? $" at '{path}'" : "";
        return new PayloadException($"{what} cannot be stored{As<T>()}{at}: {PayloadFailure.Message(type, exception)}", PayloadFailure.Cause(type, exception));
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DurableLimits.MaxPayloadDepth + 1 });
        try
        {
            while (reader.Read())
            {
                // The depth of what is open: its own token is told as standing outside.
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= DurableLimits.MaxPayloadDepth)
                    return true;
            }
        }
        catch (JsonException)
        {
        }

        return false;
    }

    // The class that holds a workflow's arguments is generated: its name would tell a user nothing.
    internal static string As<T>() => typeof(T).Namespace?.StartsWith("Durable.Generated.", StringComparison.Ordinal) == true || typeof(T).DeclaringType?.Name == "__DurablePayloads" ? "" : $" as '{typeof(T)}'";
}
