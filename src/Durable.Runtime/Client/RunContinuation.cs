using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Durable.Storage;

namespace Durable.Client;

/// <summary>A position in a listing as opaque text, tied to the filter that it was given for: 8 bytes of time, 8 of a check, the run id.</summary>
internal static class RunContinuation
{
    private const int IdAt = 16;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Write(RunPosition position, RunFilter filter)
    {
        var bytes = new byte[IdAt + s_strict.GetByteCount(position.RunId)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position.CreatedAt.UtcTicks);
        s_strict.GetBytes(position.RunId, bytes.AsSpan(IdAt));
        WriteCheck(bytes, filter);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="ArgumentException">The text is no continuation, or belongs to another filter.</exception>
    public static RunPosition Read(string continuation, RunFilter filter)
    {
        if (Base64Url.IsValid(continuation) && Base64Url.DecodeFromChars(continuation) is { Length: > IdAt } bytes)
        {
            var given = bytes[8..IdAt];
            WriteCheck(bytes, filter);
            if (bytes.AsSpan(8, 8).SequenceEqual(given))
                return new RunPosition(new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes), TimeSpan.Zero), s_strict.GetString(bytes.AsSpan(IdAt)));
        }

        throw new ArgumentException(
            "The continuation is not of this listing. Pass the Continuation of the page before, unchanged and with the same filter, or null for the first page.", nameof(continuation));
    }

    // Tells mistakes, not malice: whoever lists may see every run anyway.
    private static void WriteCheck(Span<byte> bytes, RunFilter filter)
    {
        bytes[8..IdAt].Clear();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        foreach (var status in filter.Statuses.Distinct().Order())
            hash.AppendData([(byte)status]);
        Append(hash, filter.Workflow);
        Append(hash, filter.RunIdPrefix);
        Append(hash, filter.CreatedFrom?.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Append(hash, filter.CreatedUntil?.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        hash.GetHashAndReset().AsSpan(0, 8).CopyTo(bytes[8..]);
    }

    private static void Append(IncrementalHash hash, string? part)
    {
        // Neither byte is part of UTF-8: parts do not run into each other, and none differs from an empty one.
        hash.AppendData([(byte)(part is null ? 0xFE : 0xFF)]);
        hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
    }
}
