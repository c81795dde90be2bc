using Durable.Execution;
using Durable.Storage;

namespace Durable.Runtime.Tests.Replay;

/// <summary>Recorded checkpoints, written down in a line each.</summary>
internal static class History
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static CheckpointRecord Step(long sequence, string id, long fingerprint = 0, string build = "build-1", CheckpointStatus status = CheckpointStatus.Completed, CheckpointKind kind = CheckpointKind.Step) => new()
    {
        Sequence = sequence,
        StepId = id,
        Kind = kind,
        Status = status,
        Attempt = 1,
        Epoch = 1,
        Fingerprint = fingerprint,
        BuildId = build,
        StartedAt = Start,
        CompletedAt = Start.AddSeconds(sequence),
    };

    /// <summary>The log of a run that recorded these steps, in this order.</summary>
    public static ReplayLog Log(string[] ids, bool sequential = false, bool accept = false)
        => Log([.. ids.Select((id, i) => Step(i + 1, id))], sequential, accept);

    public static ReplayLog Log(CheckpointRecord[] records, bool sequential = false, bool accept = false, string build = "build-1", ArgumentMismatch onMismatch = ArgumentMismatch.UseStored)
        => new(records, new ReplayRules
        {
            BuildId = build,
            IsSequential = sequential,
            AwaitsOnlyDurableWork = true,
            OnArgumentMismatch = onMismatch,
            AcceptDivergence = accept,
        });

    public static ReplayAnswer Ask(this ReplayLog log, string id, long fingerprint = 0, CheckpointKind kind = CheckpointKind.Step, params string[] aliases)
        => log.Request(StepId.Parse(id), aliases, kind, fingerprint);
}
