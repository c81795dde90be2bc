using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Durable.Sqlite;

/// <summary>A checksum over values in the order in which they are added: CRC-32C, which the processor computes. The bytes it covers are a format for ever.</summary>
internal struct Crc32C
{
    private const int StackBytes = 768;

    private uint _rest = uint.MaxValue;

    public Crc32C() { }

    /// <summary>The sum as it is stored: signed, so that it never takes more than four bytes.</summary>
    public readonly int Value => (int)~_rest;

    public void Add(long value) => _rest = BitOperations.Crc32C(_rest, (ulong)value);

    public void Add(DateTimeOffset time) => Add(time.UtcTicks);

    public void Add(DateTimeOffset? time) => Add(time?.UtcTicks ?? -1);

    public void Add(ReadOnlyMemory<byte> payload) => Add(payload.Span);

    /// <summary>Adds a text as its UTF-8. Half of a surrogate pair, which the store refuses on binding it, counts as its replacement.</summary>
    public void Add(string text)
    {
        Span<byte> bytes = Encoding.UTF8.GetMaxByteCount(text.Length) is var most && most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        Add(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    // The length first: where one value ends and the next begins is part of what is summed.
    private void Add(ReadOnlySpan<byte> bytes)
    {
        var rest = BitOperations.Crc32C(_rest, (ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            rest = BitOperations.Crc32C(rest, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var left in bytes)
            rest = BitOperations.Crc32C(rest, left);
        _rest = rest;
    }
}
