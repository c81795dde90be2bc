using System.Text.Json;
using Durable.CompilerServices;

namespace Durable.Serialization;

/// <summary>What a message may say of a payload that could not be written or read: of one that holds what is sensitive, no path into it and nothing that user code says.</summary>
internal static class PayloadFailure
{
    /// <summary>The path of the failure, as far as it leads through nothing that is sensitive.</summary>
    public static string Path<T>(PayloadType<T> type, string? path)
        => path is null ? "$" : !type.IsMasked ? path : type.IsSensitive ? "$" : SensitivePath.Cut(path, type.Json!);

    /// <summary>What went wrong.</summary>
    public static string Message<T>(PayloadType<T> type, Exception exception)
        => !type.IsMasked ? exception.Message
            : OfLibrary(exception) ?? $"{exception.GetType()}, whose message is withheld: the value holds what is sensitive";

    /// <summary>The cause to keep, whose own message and causes are stored with it.</summary>
    public static Exception? Cause<T>(PayloadType<T> type, Exception exception) => type.IsMasked ? null : exception;

    /// <summary>The library's own message without its path, which may hold the keys of a dictionary; null for one of another origin.</summary>
    private static string? OfLibrary(Exception exception)
    {
        if (exception is not JsonException { LineNumber: var line, BytePositionInLine: var position, Path: var path })
            return exception is PayloadTooDeepException ? exception.Message : null;
        // The library adds this to its own messages only.
        var place = $" Path: {path} | LineNumber: {line} | BytePositionInLine: {position}.";
        if (exception.Message.EndsWith(place, StringComparison.Ordinal))
            return exception.Message[..^place.Length];
        // Names a type and its members.
        return exception.Message.StartsWith("JSON deserialization for type '", StringComparison.Ordinal) ? exception.Message : null;
    }
}
