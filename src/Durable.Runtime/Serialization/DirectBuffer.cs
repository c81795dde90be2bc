using System.Buffers;
using System.Text.Json;

namespace Durable.Serialization;

/// <summary>Takes one payload after another, on one thread. A small one costs nothing but its own bytes.</summary>
internal sealed class DirectBuffer : IBufferWriter<byte>
{
    private const int SmallBytes = 16 * 1024;
    private const int LeastGrowth = 4 * 1024;

    // One level less than may be written: at the limit itself it depends on what is written there, which the contract knows.
    private static readonly JsonWriterOptions s_options = new() { SkipValidation = true, MaxDepth = DurableLimits.MaxPayloadDepth - 1 };

    [ThreadStatic]
    private static DirectBuffer? t_free;

    private readonly byte[] _small = new byte[SmallBytes];
    private readonly Utf8JsonWriter _writer;
    private byte[] _bytes;
    private int _length;

    private DirectBuffer()
    {
        _bytes = _small;
        _writer = new Utf8JsonWriter(this, s_options);
    }

    /// <summary>The bytes of a value; null when the contract has to look at it: it was not written, or has what a lone surrogate would be replaced by.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="value">The value.</param>
    /// <param name="expectedBytes">About how long it will be.</param>
    public static byte[]? Write<T>(Action<Utf8JsonWriter, T> write, T value, int expectedBytes)
    {
        // What is written may write another payload while it is read.
        var buffer = t_free ?? new DirectBuffer();
        t_free = null;
        try
        {
            buffer.Expect(expectedBytes);
            write(buffer._writer, value);
            buffer._writer.Flush();
            var written = buffer._bytes.AsSpan(0, buffer._length);
            if (written.IndexOf("\\uFFFD"u8) >= 0)
                return null;
            var bytes = GC.AllocateUninitializedArray<byte>(written.Length);
            written.CopyTo(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is: the contract meets it as well, and says what.
            return null;
        }
        finally
        {
            buffer.Clear();
            t_free = buffer;
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - _length < Math.Max(1, sizeHint))
            Grow(Math.Max(_length, sizeHint));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Expect(int bytes)
    {
        if (bytes > _bytes.Length - LeastGrowth)
            Grow(bytes + LeastGrowth);
    }

    private void Grow(int by)
    {
        var grown = ArrayPool<byte>.Shared.Rent(checked(_length + by));
        _bytes.AsSpan(0, _length).CopyTo(grown);
        Return();
        _bytes = grown;
    }

    private void Clear()
    {
        // What a failure left in the writer stands in the bytes as well.
        _length += _writer.BytesPending;
        _writer.Reset();
        Return();
        _bytes = _small;
        _length = 0;
    }

    // Payloads are the user's: they do not lie about in arrays that others rent.
    private void Return()
    {
        _bytes.AsSpan(0, _length).Clear();
        if (_bytes != _small)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
