using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>A run's row as it was read.</summary>
/// <param name="Number">The row's key.</param>
/// <param name="Record">What it says; not to be trusted when it is damaged.</param>
/// <param name="FailingSet">The failing set as it is stored; empty for none.</param>
internal sealed record StoredRun(long Number, RunRecord Record, string FailingSet)
{
    /// <summary>Which part of the row is not what was written; null when it is sound.</summary>
    public string? Damage { get; init; }

    /// <summary>True when where the run stands is what was written, whatever became of its arguments.</summary>
    public bool IsStateSound { get; init; } = true;

    /// <summary>The checksum of the state as it is stored; null in a row that has none.</summary>
    public int? StateChecksum { get; init; }

    /// <summary>The last sequence when the run was last claimed; what it began with before the first claim.</summary>
    public long ClaimedSequence { get; init; }

    /// <summary>The parent's number; null without one.</summary>
    public long? ParentNumber { get; init; }

    /// <summary>True where a message wakes it while it is suspended.</summary>
    public bool AwaitsMessages { get; init; }

    /// <summary>True when there is a row of notes; it may be damaged.</summary>
    public bool HasNotes { get; init; }

    /// <summary>What is noted of it; null when there is nothing, or it is damaged.</summary>
    public RunNotes? Notes { get; init; }

    /// <summary>True where it may have such belongings: it has, or nobody knows.</summary>
    public bool MayHave(RunBelongings belongings) => Notes is { } notes ? (notes.Has & belongings) != 0 : HasNotes;

    /// <summary>A run as it is created, before it has a number.</summary>
    public static StoredRun Begin(NewRun run, (long Number, RunParent Link)? parent, long epoch, DateTimeOffset now)
    {
        var last = run.Checkpoints.Count == 0 ? 0 : run.Checkpoints[^1].Sequence;
        var record = new RunRecord
        {
            RunId = run.RunId,
            Workflow = run.Workflow,
            Status = RunStatus.Pending,
            Epoch = epoch,
            Attempt = 1,
            Input = run.Input,
            Fingerprint = run.Fingerprint,
            LastSequence = last,
            CreatedAt = now,
            Deadline = run.Timeout is { } timeout ? CommitRules.DueAt(now, timeout) : null,
            Parent = parent?.Link,
        };
        return new StoredRun(0, record, "") { ClaimedSequence = last, ParentNumber = parent?.Number };
    }

    public RunState State => new(Record.RunId, Record.Status, Record.Epoch, Record.Attempt, Record.LastSequence)
    {
        AcceptDivergence = Record.AcceptDivergence,
        EndedAt = Record.EndedAt,
        Result = Record.Result,
        Error = Record.Error,
        FailingSet = FailingSet,
        Cancellation = Record.Cancellation,
        Takeovers = Record.Takeovers,
        ClaimedSequence = ClaimedSequence,
        IsFinal = Record.IsFinal,
        AwaitsMessages = AwaitsMessages,
    };
}
