namespace Durable.Storage.Contract.Model;

/// <summary>A run of the naive store.</summary>
internal sealed class NaiveRun
{
    /// <summary>The run, but for its last sequence: that one is looked up.</summary>
    public required RunRecord Stored { get; set; }

    /// <summary>Since when it waits, or until when its lease holds or it is suspended.</summary>
    public required DateTimeOffset Due { get; set; }

    public List<CheckpointRecord> Checkpoints { get; } = [];

    public IReadOnlyList<long> FailingSet { get; set; } = [];

    public RunRecord Record => Stored with { LastSequence = Checkpoints.LastOrDefault()?.Sequence ?? 0 };

    public void Clear(IReadOnlyList<long> sequences)
    {
        for (var index = 0; index < Checkpoints.Count; index++)
        {
            if (sequences.Contains(Checkpoints[index].Sequence))
                Checkpoints[index] = Checkpoints[index] with { Status = CheckpointStatus.Cleared };
        }
    }
}
