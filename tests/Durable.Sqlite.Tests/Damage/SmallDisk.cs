namespace Durable.Sqlite.Tests;

/// <summary>A disk that a test fills and empties again: a small file system of its own where this user may mount one, otherwise a limit on the pages of the file.</summary>
internal abstract class SmallDisk : IDisposable
{
    /// <summary>The file on it.</summary>
    public SqliteFile File { get; } = new();

    public static SmallDisk Make(bool mounted)
    {
        var disk = new MountedDisk();
        if (mounted && disk.TryMount())
            return disk;
        disk.Dispose();
        return new PageLimit();
    }

    public abstract Task FillAsync(SqliteStore store);

    public abstract Task MakeSpaceAsync(SqliteStore store);

    public virtual void Dispose() => File.Dispose();

    private sealed class MountedDisk : SmallDisk
    {
        private bool _mounted;

        private string Filler => Path.Combine(File.Directory, "filler");

        public bool TryMount() => _mounted = Mounts.Try("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", File.Directory);

        public override Task FillAsync(SqliteStore store)
        {
            using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            try
            {
                while (true)
                    filler.Write(block);
            }
            catch (IOException)
            {
                // Full.
            }

            return Task.CompletedTask;
        }

        public override Task MakeSpaceAsync(SqliteStore store)
        {
            System.IO.File.Delete(Filler);
            return Task.CompletedTask;
        }

        public override void Dispose()
        {
            if (_mounted)
                Mounts.Try("umount", File.Directory);
            base.Dispose();
        }
    }

    private sealed class PageLimit : SmallDisk
    {
        public override Task FillAsync(SqliteStore store) => store.LimitPagesAsync(1);

        public override Task MakeSpaceAsync(SqliteStore store) => store.LimitPagesAsync(1_000_000);
    }
}
