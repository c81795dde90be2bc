using System.Buffers.Binary;
using System.Text;

namespace Durable;

/// <summary>The place that a payload belongs to. An authenticated cipher binds the payload to it, so that one that was moved to another run, or another step, is noticed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Part">Which of the payloads there.</param>
/// <param name="StepId">The full id of the step; null for a payload of the run itself.</param>
/// <remarks>Whatever copies a payload to another place through the engine decodes it at the old place and encodes it for the new one. A row that is copied in the database itself stays behind.</remarks>
public readonly record struct PayloadOrigin(string RunId, PayloadPart Part, string? StepId = null)
{
    private const byte Form = 1;

    /// <summary>The origin as bytes: different ones for different origins, and the same for ever. What to give to a cipher as associated data.</summary>
    public byte[] ToBytes()
    {
        var run = Encoding.UTF8.GetByteCount(RunId);
        var bytes = new byte[2 + sizeof(int) + run + (StepId is null ? 0 : 1 + Encoding.UTF8.GetByteCount(StepId))];
        (bytes[0], bytes[1]) = (Form, (byte)Part);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), run);
        Encoding.UTF8.GetBytes(RunId, bytes.AsSpan(6));
        if (StepId is not null)
        {
            bytes[6 + run] = 1;
            Encoding.UTF8.GetBytes(StepId, bytes.AsSpan(7 + run));
        }

        return bytes;
    }
}

/// <summary>Which of the payloads of a run or a step. The numbers never change.</summary>
public enum PayloadPart
{
    /// <summary>The arguments: of a workflow, or of a step where they are recorded.</summary>
    Arguments = 1,

    /// <summary>The result.</summary>
    Result = 2,

    /// <summary>The error: type names, message and stack.</summary>
    Error = 3,

    /// <summary>What was sent with a signal, or answered to a request; the name of the signal, or the request's id, stands in place of the step id.</summary>
    Message = 4,

    /// <summary>What a request asks; the request's id stands in place of the step id.</summary>
    Request = 5,

    /// <summary>A published value; its key stands in place of the step id.</summary>
    Published = 6,

    /// <summary>An item of a stream; the stream's name stands in place of the step id.</summary>
    Item = 7,
}
