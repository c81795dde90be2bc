namespace Durable.Storage.Contract.Model;

/// <summary>A run of the naive store.</summary>
internal sealed class NaiveRun
{
    /// <summary>The run, but for its last sequence: that one is looked up.</summary>
    public required RunRecord Stored { get; set; }

    /// <summary>Since when it waits, or until when its lease holds or it is suspended.</summary>
    public required DateTimeOffset Due { get; set; }

    public List<CheckpointRecord> Checkpoints { get; } = [];

    /// <summary>The last sequence when the run was last claimed, or created.</summary>
    public long ClaimedSequence { get; set; }

    /// <summary>The run that started it, while the store has it.</summary>
    public NaiveRun? Parent { get; init; }

    public bool AwaitsMessages { get; set; }

    public List<InboxMessage> Inbox { get; } = [];

    public HashSet<string> MessageIds { get; } = new(StringComparer.Ordinal);

    public List<(string Name, DateTimeOffset At, ReadOnlyMemory<byte> Payload)> Published { get; } = [];

    public List<(string Name, DateTimeOffset At, ReadOnlyMemory<byte> Payload)> Appended { get; } = [];

    public bool HasEnded => Stored.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;

    public bool MayGoOn => Stored is { IsFinal: false, Status: RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined };

    public IReadOnlyList<long> FailingSet { get; set; } = [];

    public RunRecord Record => Stored with { LastSequence = Checkpoints.LastOrDefault()?.Sequence ?? 0 };

    /// <summary>The run is being claimed: was its holder lost, and had that one stored anything?</summary>
    public void CountTakeover()
    {
        var wasHeld = Stored.Status == RunStatus.Running;
        var before = Record.LastSequence > ClaimedSequence ? 0 : Stored.Takeovers;
        Stored = Stored with { Takeovers = wasHeld ? before + 1 : before };
        ClaimedSequence = Record.LastSequence;
    }

    /// <summary>In the next attempt, as soon as somebody claims it.</summary>
    public void GoOn(bool acceptDivergence, DateTimeOffset now)
    {
        FailingSet = [];
        Stored = Stored with { Attempt = Stored.Attempt + 1, AcceptDivergence = acceptDivergence, Error = default, Cancellation = default, Takeovers = 0, EndedAt = null };
        Wake(now);
    }

    public void Wake(DateTimeOffset now)
    {
        Due = now;
        Stored = Stored with { Status = RunStatus.Pending, WakesAt = null };
    }

    /// <summary>Replaces a checkpoint, or adds one above the last.</summary>
    public void Put(CheckpointRecord outcome)
    {
        var index = Checkpoints.FindIndex(checkpoint => checkpoint.Sequence == outcome.Sequence);
        if (index < 0 && outcome.Sequence < Record.LastSequence)
            throw CommitRules.NotAboveLast(Stored.RunId, outcome.Sequence, Record.LastSequence);
        var put = outcome with { DueAt = null };
        if (index < 0)
            Checkpoints.Add(put);
        else
            Checkpoints[index] = put;
    }

    public void Clear(IReadOnlyList<long> sequences)
    {
        for (var index = 0; index < Checkpoints.Count; index++)
        {
            if (sequences.Contains(Checkpoints[index].Sequence))
                Checkpoints[index] = Checkpoints[index] with { Status = CheckpointStatus.Cleared };
        }
    }
}
