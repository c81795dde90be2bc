using System.Diagnostics;

namespace Durable.SoakTarget;

/// <summary>The file of a ledger. One line of it is deadly: the process ends there with SIGKILL, whatever its other threads do.</summary>
public sealed class DeadlyStream(Stream file, Death death) : Stream
{
    private int _lines;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var isDeadly = ++_lines == death.Line;
        file.Write(isDeadly && death.Manner == Manner.Torn ? buffer[..(buffer.Length / 2)] : buffer);
        if (!isDeadly)
            return;
        if (death.Manner == Manner.Reached)
            Console.WriteLine("reached");
        else
            Process.GetCurrentProcess().Kill();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing) => file.Dispose();
}
