using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>What the checksums of rows cover: everything that replay, a claim or a result depends on (docs/decisions/0013).</summary>
internal static class RowChecksum
{
    /// <summary>What a run was created with; it never changes.</summary>
    public static int OfInput(RunRecord run)
    {
        var sum = new Crc32C();
        sum.Add(run.RunId);
        sum.Add(run.Workflow.Name);
        sum.Add(run.Workflow.Version);
        sum.Add(run.Fingerprint);
        sum.Add(run.CreatedAt);
        sum.Add(run.Input);
        // Rows written before there were deadlines have a sum without one.
        if (run.Deadline is { } deadline)
            sum.Add(deadline);
        return sum.Value;
    }

    /// <summary>
    /// Where a run stands. The last sequence is part of it unless the run is running: while it is, checkpoints are added without touching its row.
    /// The lease is not: renewing it is cheap, and one that is wrong costs a claim.
    /// </summary>
    public static int OfState(in RunState state)
    {
        var sum = new Crc32C();
        sum.Add(state.RunId);
        sum.Add((long)state.Status);
        sum.Add(state.Epoch);
        sum.Add(state.Attempt);
        sum.Add(state.AcceptDivergence ? 1 : 0);
        if (state.Status != RunStatus.Running)
            sum.Add(state.LastSequence);
        sum.Add(state.EndedAt);
        sum.Add(state.Result);
        sum.Add(state.Error);
        sum.Add(state.FailingSet);
        // Rows written before there was any of these have a sum without them.
        if (state is { IsFinal: false, Takeovers: 0, ClaimedSequence: 0, Cancellation.IsEmpty: true })
            return sum.Value;
        sum.Add(state.Cancellation);
        sum.Add(state.Takeovers);
        sum.Add(state.ClaimedSequence);
        sum.Add(state.IsFinal ? 1 : 0);
        return sum.Value;
    }

    /// <summary>A checkpoint, and whose it is.</summary>
    public static int OfCheckpoint(long runNumber, CheckpointRecord checkpoint)
    {
        var sum = new Crc32C();
        sum.Add(runNumber);
        sum.Add(checkpoint.Sequence);
        sum.Add(checkpoint.StepId);
        sum.Add((long)checkpoint.Kind);
        sum.Add((long)checkpoint.Status);
        sum.Add(checkpoint.Attempt);
        sum.Add(checkpoint.Epoch);
        sum.Add(checkpoint.Fingerprint);
        sum.Add(checkpoint.BuildId);
        sum.Add(checkpoint.StartedAt);
        sum.Add(checkpoint.CompletedAt);
        sum.Add(checkpoint.Arguments);
        sum.Add(checkpoint.Result);
        sum.Add(checkpoint.Error);
        // Rows written before there were waits have a sum without them.
        if (checkpoint is { Wait: { } wait, DueAt: { } dueAt })
        {
            sum.Add(wait.Ticks);
            sum.Add(dueAt);
        }

        return sum.Value;
    }
}
