namespace Durable.Sqlite;

/// <summary>
/// Keeps the write transactions and checkpoints of all processes on one file apart (docs/decisions/0011). Taken for one transaction at a time.
/// </summary>
/// <remarks>
/// Two locks make it fair: who wants to write first takes the head of the queue, then the file, then gives the head to the next.
/// A busy process that releases the file and wants it back stands behind the one that waits.
/// </remarks>
internal sealed class SqliteWriteLock(string databasePath)
{
    // Every poll takes at least a millisecond. Others hold the lock for milliseconds; who holds it for seconds hangs.
    private const int MaxPolls = 5_000;

    private readonly string _head = databasePath + "-write-next";
    private readonly string _file = databasePath + "-write";

    /// <summary>Waits for the lock on the caller's thread.</summary>
    /// <exception cref="StoreException">Another process did not let go of it, or the lock file cannot be made.</exception>
    public FileLock Take()
    {
        using var head = Wait(_head);
        return Wait(_file);
    }

    private static FileLock Wait(string path)
    {
        for (var polls = 0; polls < MaxPolls; polls++)
        {
            if (FileLock.TryTake(path) is { } taken)
                return taken;
#pragma warning disable RS0030 // The wait is for another process, on the store's own thread: no clock of the engine's has a part in it.
            Thread.Sleep(1);
#pragma warning restore RS0030
        }

        throw new StoreException($"Another process has held the lock file '{path}' for {MaxPolls / 1000} seconds and more. Does one hang?");
    }
}
