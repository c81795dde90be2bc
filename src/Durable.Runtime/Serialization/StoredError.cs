using System.Text.Json;
using Durable.Serialization.Codecs;

namespace Durable.Serialization;

/// <summary>Errors to bytes and back.</summary>
internal static class StoredError
{
    public static ReadOnlyMemory<byte> Write(ErrorInfo error) => Write(ErrorDocument.Of(error));

    public static ReadOnlyMemory<byte> Write(ErrorDocument error) => JsonSerializer.SerializeToUtf8Bytes(error, ErrorJson.Default.ErrorDocument);

    /// <summary>Why a run is to be canceled, as an error; it is never empty.</summary>
    public static ReadOnlyMemory<byte> Cancellation(string? reason)
        => Write(new ErrorInfo { TypeName = typeof(RunCanceledException).FullName!, BaseTypeNames = [typeof(OperationCanceledException).FullName!], Message = string.IsNullOrWhiteSpace(reason) ? "" : reason });

    /// <exception cref="PayloadException">The bytes are not an error, or not decoded.</exception>
    public static ErrorInfo? Read(ReadOnlyMemory<byte> bytes)
    {
        if (UnreadablePayload.Error(bytes.Span, "A stored error") is { } unreadable)
            throw unreadable;
        try
        {
            return bytes.IsEmpty ? null : JsonSerializer.Deserialize(bytes.Span, ErrorJson.Default.ErrorDocument)?.ToError();
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"A stored error cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The error, for those who look at a run. One that cannot be read is told as that: it does not hide the rest of the run, or other runs.</summary>
    public static ErrorInfo? Show(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (PayloadException unreadable)
        {
            return ErrorInfo.From(unreadable) with { StackTrace = null };
        }
    }
}
