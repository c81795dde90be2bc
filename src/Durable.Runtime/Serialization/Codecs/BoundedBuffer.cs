using System.Buffers;

namespace Durable.Serialization.Codecs;

/// <summary>Takes what a codec writes, up to a limit: beyond it the codec is stopped, whatever its input unpacks to.</summary>
internal sealed class BoundedBuffer : IBufferWriter<byte>
{
    private const int SmallestSpan = 256;
    private const int KeptRoom = 64;

    private readonly int _start;
    private readonly int _limit;
    private byte[] _bytes;
    private int _end;

    /// <summary>Makes a buffer.</summary>
    /// <param name="header">Stands in front of what is written, and does not count.</param>
    /// <param name="expected">How many bytes will be written, as far as one can guess.</param>
    /// <param name="limit">How many may be.</param>
    public BoundedBuffer(ReadOnlySpan<byte> header, int expected, int limit)
    {
        _bytes = new byte[header.Length + Math.Min(expected, limit)];
        header.CopyTo(_bytes);
        _start = _end = header.Length;
        _limit = header.Length + limit;
    }

    /// <summary>True when more was asked for than there may be.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(_start, _end - _start);

    /// <summary>The header and what was written, to be kept: without more room than a little that was not needed.</summary>
    public ReadOnlyMemory<byte> ToStored() => _bytes.Length - _end > Math.Max(KeptRoom, _end / 8) ? _bytes[.._end] : _bytes.AsMemory(0, _end);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _end);
        _end += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(_end);
    }

    private void Grow(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var needed = Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length - _end)
            return;
        if (needed > _limit - _end)
        {
            IsExceeded = true;
            throw new InvalidOperationException($"More than {DurableLimits.MaxDecodedPayloadBytes:N0} bytes would be written (DurableLimits.MaxDecodedPayloadBytes).");
        }

        Array.Resize(ref _bytes, Math.Min(_limit, Math.Max(_bytes.Length * 2, _end + Math.Max(needed, SmallestSpan))));
    }
}
