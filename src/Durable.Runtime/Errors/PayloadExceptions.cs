namespace Durable;

/// <summary>A payload could not be written or read.</summary>
public class PayloadException : DurableException
{
    internal PayloadException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Which payload, in words of the engine's only, fit for a log; null when the whole message is.</summary>
    internal string? Place { get; init; }

    /// <summary>What makes a run go on that was quarantined for this.</summary>
    internal virtual string Remedy => "deploy code that reads what is stored (give a new member a default, bring back a changed type)";
}

/// <summary>A stored payload cannot be decoded: its <see cref="IPayloadCodec"/> is not registered, lacks the key, or finds the bytes changed or moved. What is stored stays as it is, and is read once that is mended.</summary>
public sealed class PayloadCodecException : PayloadException
{
    internal PayloadCodecException(string what, string? codec, string problem, Exception? innerException = null)
        : base($"{what} cannot be decoded: {problem}", innerException)
    {
        Codec = codec;
        Place = codec is null ? $"{what} cannot be decoded" : $"{what} cannot be decoded by payload codec '{codec}'";
    }

    /// <summary>The name of the codec that is missing or fails; null when what is stored does not tell it.</summary>
    public string? Codec { get; }

    internal override string Remedy => "bring back the payload codec or its key";
}

/// <summary>A payload exceeds <see cref="DurableLimits.MaxPayloadBytes"/>. Thrown before anything is written.</summary>
public sealed class PayloadTooLargeException : PayloadException
{
    internal PayloadTooLargeException(string what, long bytes, (string Path, long Bytes) largest)
        : base($"{what} takes {bytes:N0} bytes{(largest.Path.Length > 0 ? $", of which {largest.Bytes:N0} are in '{largest.Path}'" : "")}; the limit is {DurableLimits.MaxPayloadBytes:N0} (DurableLimits.MaxPayloadBytes). Store the data elsewhere and pass a reference.")
        => (Bytes, LargestMember, LargestMemberBytes) = (bytes, largest.Path, largest.Bytes);

    /// <summary>The size of the payload.</summary>
    public long Bytes { get; }

    /// <summary>The path of the member that makes the payload large, by stored names, such as <c>order.Lines[].Text</c>, where <c>[]</c> stands for all items; empty for a payload without members.</summary>
    public string LargestMember { get; }

    /// <summary>The bytes in <see cref="LargestMember"/>.</summary>
    public long LargestMemberBytes { get; }
}

/// <summary>A payload is nested more than <see cref="DurableLimits.MaxPayloadDepth"/> levels deep: most often because a value refers to itself.</summary>
public sealed class PayloadTooDeepException : PayloadException
{
    private const int MaxPathLength = 100;

    internal PayloadTooDeepException(string what, string path)
        : base($"{what}: nested more than {DurableLimits.MaxPayloadDepth} levels deep (DurableLimits.MaxPayloadDepth), or a value that refers to itself{At(path)}. Use a flatter value, or ids in place of references.") { }

    private static string At(string path) => path.Length == 0 ? "" : path.Length <= MaxPathLength ? $", at '{path}'" : $", at '{path[..MaxPathLength]}...'";
}
