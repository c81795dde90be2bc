namespace Durable.Execution;

/// <summary>A mode for tests: runs are unloaded and replayed although nothing has happened to them, so that code which replay would change shows at once. Shared by hosts that count together.</summary>
/// <param name="everySteps">After how many outcomes, from 1.</param>
internal sealed class ForcedReplay(int everySteps)
{
    private long _unloads;
    private long _loads;

    public int EverySteps { get; } = everySteps;

    /// <summary>How often a run was unloaded.</summary>
    public long Unloads => Volatile.Read(ref _unloads);

    /// <summary>How often an unloaded run was read back, or given up before it could be.</summary>
    public long Loads => Volatile.Read(ref _loads);

    public void Unloaded() => Interlocked.Increment(ref _unloads);

    public void Loaded() => Interlocked.Increment(ref _loads);
}
