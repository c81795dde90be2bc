using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>What the checksums of rows cover: everything that replay, a claim or a result depends on (docs/decisions/0013).</summary>
internal static class RowChecksum
{
    /// <summary>What a run was created with; it never changes.</summary>
    public static int OfInput(RunRecord run, long? parentNumber)
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
        // So have those of runs without a parent.
        if (run.Parent is { } parent)
        {
            sum.Add(parentNumber ?? 0);
            sum.Add(parent.RunId);
            sum.Add((long)parent.ClosePolicy);
        }

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
        if (state is not { IsFinal: false, Takeovers: 0, ClaimedSequence: 0, Cancellation.IsEmpty: true })
        {
            sum.Add(state.Cancellation);
            sum.Add(state.Takeovers);
            sum.Add(state.ClaimedSequence);
            sum.Add(state.IsFinal ? 1 : 0);
        }

        if (state is { Status: RunStatus.Suspended, AwaitsMessages: true })
            sum.Add(1);
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

    /// <summary>What is noted of a run.</summary>
    public static int OfNotes(RunNotes notes)
    {
        var sum = new Crc32C();
        sum.Add(notes.RunNumber);
        sum.Add(notes.LastMessage);
        sum.Add(notes.Signals);
        sum.Add(notes.Generation);
        sum.Add(notes.Dropped);
        sum.Add((long)notes.Has);
        if (notes.ContinuedAt is { } continuedAt)
            sum.Add(continuedAt);
        if (notes.Progress is not { } progress)
            return sum.Value;
        sum.Add(progress.Text is null ? 0 : 1);
        sum.Add(progress.Text ?? "");
        // No part and none done are two things; a zero has two signs, of which a file keeps one.
        sum.Add(BitConverter.DoubleToInt64Bits(progress.Fraction + 0.0 ?? -1));
        return sum.Value;
    }

    /// <summary>A message, and whose it is.</summary>
    public static int OfMessage(long runNumber, InboxMessage message)
    {
        var sum = new Crc32C();
        sum.Add(runNumber);
        sum.Add(message.Position);
        sum.Add((long)message.Kind);
        sum.Add(message.Name);
        sum.Add(message.SentAt);
        sum.Add(message.Payload);
        sum.Add(message.Error);
        return sum.Value;
    }

    /// <summary>A request, and whose it is.</summary>
    public static int OfRequest(long runNumber, RequestRecord request)
    {
        var sum = new Crc32C();
        sum.Add(runNumber);
        sum.Add(request.RequestId);
        sum.Add(request.Name);
        sum.Add((long)request.State);
        sum.Add(request.Payload);
        sum.Add(request.CreatedAt);
        sum.Add(request.DueAt);
        sum.Add(request.HeartbeatTimeout?.Ticks ?? -1);
        sum.Add(request.HeartbeatDueAt);
        return sum.Value;
    }

    /// <summary>A published value, its key, and whose it is.</summary>
    public static int OfPublished(long runNumber, string key, PublishedRecord value)
    {
        var sum = new Crc32C();
        sum.Add(runNumber);
        sum.Add(key);
        sum.Add(value.Version);
        sum.Add(value.PublishedAt);
        sum.Add(value.Payload);
        return sum.Value;
    }

    /// <summary>An item, its stream, and whose it is.</summary>
    public static int OfItem(long runNumber, string stream, StreamRecord item)
    {
        var sum = new Crc32C();
        sum.Add(runNumber);
        sum.Add(stream);
        sum.Add(item.Offset);
        sum.Add(item.AppendedAt);
        sum.Add(item.Payload);
        return sum.Value;
    }
}
