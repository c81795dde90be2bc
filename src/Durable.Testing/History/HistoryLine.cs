using System.Text.Json.Serialization;
using Durable.Storage;

namespace Durable.Testing.History;

/// <summary>One line of a history: what one process knew at one moment.</summary>
public sealed record HistoryLine
{
    /// <summary>Who writes: a process, or a host that is one of several in a process.</summary>
    public string Process { get; init; } = "";

    /// <summary>The line's number among those of its process, from 1.</summary>
    public long Number { get; init; }

    /// <summary>When, in nanoseconds of the machine's monotonic clock. What is <em>about to</em> happen is stamped before it, what has happened after it.</summary>
    public long At { get; init; }

    /// <summary>When the call began whose answer this line tells; null for a line that is no answer, or whose call has a line of its own (<see cref="Call"/>).</summary>
    public long? Since { get; init; }

    /// <summary>What happened.</summary>
    public required HistoryEvent Event { get; init; }

    /// <summary>The number of the line, of the same process, that this one answers or ends.</summary>
    public long? Call { get; init; }

    /// <summary>The run.</summary>
    public string? RunId { get; init; }

    /// <summary>The step's id within the run.</summary>
    public string? StepId { get; init; }

    /// <summary>The epoch of the body, the commit or the run.</summary>
    public long? Epoch { get; init; }

    /// <summary>The attempt of the run; of a body, that of its step.</summary>
    public int? Attempt { get; init; }

    /// <summary>True for the start of a body that runs at most once; null for others.</summary>
    public bool? AtMostOnce { get; init; }

    /// <summary>True for the end of a body whose token had been canceled because its worker stopped, or lost the run; null for others.</summary>
    public bool? Abandoned { get; init; }

    /// <summary>The step's idempotency token.</summary>
    public Guid? Token { get; init; }

    /// <summary>The fingerprint of the step's arguments.</summary>
    public long? Fingerprint { get; init; }

    /// <summary>Where the run stands, or is about to.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>How long a suspended run is left alone.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What the store's clock showed at a claim.</summary>
    public DateTimeOffset? StoreTime { get; init; }

    /// <summary>A result: a hash of what is stored, or the words of who returned or saw it.</summary>
    public string? Result { get; init; }

    /// <summary>The highest sequence among the run's checkpoints.</summary>
    public long? LastSequence { get; init; }

    /// <summary>The leases claimed or renewed.</summary>
    public IReadOnlyList<RunLease>? Leases { get; init; }

    /// <summary>The leases that a renewal found lost.</summary>
    public IReadOnlyList<RunLease>? Lost { get; init; }

    /// <summary>The checkpoints written or read, or those that a run begins with.</summary>
    public IReadOnlyList<HistoryCheckpoint>? Checkpoints { get; init; }

    /// <summary>The sequences that a resume clears, as the outcome of a failed run names them; that the next attempt of the run clears, where a suspension grants one; or that a decision clears.</summary>
    public IReadOnlyList<long>? FailingSet { get; init; }

    /// <summary>The process that was killed.</summary>
    public string? Victim { get; init; }
}

/// <summary>A checkpoint, without its payloads.</summary>
/// <param name="Sequence">Its position in the run.</param>
/// <param name="StepId">The step's id.</param>
/// <param name="Status">How the step ended.</param>
/// <param name="Epoch">The epoch that executed it.</param>
/// <param name="Result">A hash of result and error: of what may never change, whatever becomes of the status.</param>
public sealed record HistoryCheckpoint(long Sequence, string StepId, CheckpointStatus Status, long Epoch, string Result)
{
    /// <summary>What was recorded: an outcome, or a note that comes before one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CheckpointKind Kind { get; init; }

    /// <summary>The attempt of the step that it tells of; null where nobody said.</summary>
    public int? Attempt { get; init; }
}
