using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>What the code of a run was told when it asked about a change of it, as a note among the checkpoints. Nobody has to ask for it again.</summary>
internal static class PatchNote
{
    /// <summary>What stands in place of a step id. No call has it: names are not empty.</summary>
    public static string Id(string patch) => new StepId("", "", patch, 0).ToString();

    public static ReadOnlyMemory<byte> Write(bool answer) => answer ? "true"u8.ToArray() : "false"u8.ToArray();

    /// <exception cref="PayloadException">The note cannot be read, or not decoded.</exception>
    public static (string Patch, bool Answer) Read(CheckpointRecord record)
    {
        var patch = StepId.Parse(record.StepId).Key!;
        var what = $"The answer to Patched(\"{patch}\") (sequence {record.Sequence})";
        if (UnreadablePayload.Error(record.Result.Span, what) is { } unreadable)
            throw unreadable;
        var isTrue = record.Result.Span.SequenceEqual("true"u8);
        return isTrue || record.Result.Span.SequenceEqual("false"u8) ? (patch, isTrue) : throw new PayloadException($"{what} is neither true nor false.");
    }
}
