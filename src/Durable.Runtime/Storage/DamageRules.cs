using Durable.Serialization;

namespace Durable.Storage;

/// <summary>How damaged runs are treated. Every store sets them aside in the same way, so that operators see the same.</summary>
public static class DamageRules
{
    /// <summary>How a store leaves a run that it found damaged when it was due: quarantined, with the reason as its error.</summary>
    /// <param name="damage">What was found.</param>
    public static RunTransition SetAside(RunDamagedException damage) => new()
    {
        Status = RunStatus.Quarantined,
        Error = StoredError.Write(new ErrorInfo { TypeName = typeof(RunDamagedException).FullName!, BaseTypeNames = [typeof(StoreException).FullName!, typeof(DurableException).FullName!], Message = damage.Message }),
    };

    /// <summary>Checks that nothing is missing from a run's checkpoints: the engine numbers them from 1, without gaps but for those that were removed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="checkpoints">What was read.</param>
    /// <param name="last">The last sequence, as far as it is known.</param>
    /// <exception cref="RunDamagedException">One is missing, or out of order.</exception>
    internal static void CheckComplete(RunRecord run, IReadOnlyList<CheckpointRecord> checkpoints, long last)
    {
        for (var index = 0; index < checkpoints.Count; index++)
        {
            var (expected, found) = (index == 0 ? 1 : checkpoints[index - 1].Sequence + 1, checkpoints[index].Sequence);
            if (run.Dropped == 0 ? found != expected : found < expected)
                throw Missing(run.RunId, expected, $"{found} stands in its place");
        }

        if (checkpoints.Count + run.Dropped < last)
            throw Missing(run.RunId, checkpoints.Count == 0 ? 1 : checkpoints[^1].Sequence + 1, run.Dropped == 0 ? $"the store knows of {last}" : $"the store knows of {last}, {run.Dropped} of which were removed");
    }

    private static RunDamagedException Missing(string runId, long sequence, string but)
        => new(runId, $"Run '{runId}': the store does not return checkpoint {sequence}, but {but}. A step that has run would run again. Check the store for damage, restore a backup, or start a new run.");
}
