using System.Security.Cryptography;
using System.Text;

namespace Durable.Execution;

/// <summary>UUIDs of version 5 (RFC 9562, section 5.5), named by run id and a text within the run.</summary>
internal static class NameBasedGuid
{
    // A random UUID, fixed for ever: tokens that services have seen must stay the same.
    private static readonly Guid s_namespace = new("3b9c1d5e-6f27-4c55-9d0b-7a4f0f4e2c61");

    public static Guid Create(string runId, string name)
    {
        // The length keeps apart pairs whose texts would otherwise run together.
        var text = Encoding.UTF8.GetBytes($"{runId.Length}:{runId}{name}");
        var input = new byte[16 + text.Length];
        s_namespace.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
