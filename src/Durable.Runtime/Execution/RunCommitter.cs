using Durable.Storage;

namespace Durable.Execution;

/// <summary>Writes a run's commits until the store has answered. An unknown commit is re-read, not repeated blindly.</summary>
internal static class RunCommitter
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(5);

    /// <summary>Commits, while the run is held.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="commit">What to write.</param>
    /// <param name="held">Canceled when the hold on the run is given up.</param>
    /// <exception cref="RunDamagedException">What the store holds of the run is damaged: whether the commit took effect cannot be told.</exception>
    /// <exception cref="OperationCanceledException">The hold was given up before the store answered.</exception>
    public static async Task<CommitResult> CommitAsync(Engine engine, RunCommit commit, CancellationToken held)
    {
        for (var delay = s_firstDelay; ; delay = delay * 2 < s_maxDelay ? delay * 2 : s_maxDelay)
        {
            // A body that ends while its run is dropped comes here too late.
            held.ThrowIfCancellationRequested();
            try
            {
                return await engine.Store.CommitAsync(commit, held);
            }
            catch (StoreException exception) when (exception is not RunDamagedException)
            {
                Log.CommitUnknown(engine.Log, commit.RunId, commit.Epoch, exception);
            }

            if (await RereadAsync(engine, commit, delay, held) is { } known)
                return known;
        }
    }

    // Null: the commit did not take effect and may be tried again.
    private static async Task<CommitResult?> RereadAsync(Engine engine, RunCommit commit, TimeSpan delay, CancellationToken held)
    {
        while (true)
        {
            await engine.Delay(delay, held);
            try
            {
                return Judge(await engine.Store.FindRunAsync(commit.RunId, held), commit);
            }
            catch (StoreException exception) when (exception is not RunDamagedException)
            {
                Log.CommitUnknown(engine.Log, commit.RunId, commit.Epoch, exception);
            }
        }
    }

    private static CommitResult? Judge(RunRecord? run, RunCommit commit)
    {
        if (run is null || run.Epoch != commit.Epoch)
            return CommitResult.Fenced;
        // Only the holder of this epoch can have written these: the commit is all or nothing, so one trace proves the whole.
        // A suspended run may have been released at once, for a message.
        if (commit.Transition is { } transition && (run.Status == transition.Status || transition.AwaitsMessagesAfter is not null && run.Status == RunStatus.Pending))
            return CommitResult.Committed;
        // Ended from outside. Checkpoints may have been stored before, but this incarnation must not go on from them.
        if (run.Status != RunStatus.Running)
            return CommitResult.Fenced;
        return commit.Transition is null && commit.Checkpoints.Count > 0 && run.LastSequence >= commit.Checkpoints[^1].Sequence ? CommitResult.Committed : null;
    }
}
