using Durable.Execution;
using Durable.Storage;

namespace Durable.Client;

/// <summary>A run and its checkpoints, which are read one after the other while the run may go on.</summary>
internal static class RunHistory
{
    /// <summary>The run, and its checkpoints up to its last sequence at least.</summary>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunDamagedException">A checkpoint is missing.</exception>
    public static async Task<(RunRecord Run, IReadOnlyList<CheckpointRecord> Checkpoints)> ReadAsync(Engine engine, string runId, CancellationToken cancellationToken)
    {
        var run = await FindAsync(engine, runId, cancellationToken);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var checkpoints = await engine.Store.ReadCheckpointsAsync(runId, cancellationToken);
            try
            {
                DamageRules.CheckComplete(run, checkpoints, run.LastSequence);
                return (run, checkpoints);
            }
            catch (RunDamagedException)
            {
                // What seems to be missing may have been removed in between.
                var now = await FindAsync(engine, runId, cancellationToken);
                if ((now.Dropped, now.Generation) == (run.Dropped, run.Generation))
                    throw;
                run = now;
            }
        }
    }

    private static async Task<RunRecord> FindAsync(Engine engine, string runId, CancellationToken cancellationToken)
        => await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
}
