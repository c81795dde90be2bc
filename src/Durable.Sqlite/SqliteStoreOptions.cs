namespace Durable;

/// <summary>How the SQLite store writes.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>What a commit waits for. Default <see cref="SqliteSynchronous.Full"/>.</summary>
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>
    /// A file of at most so many bytes is read and checked as a whole when it is opened (SQLite's <c>integrity_check</c>), and refused when it is damaged. Default 64 MiB, which takes about half a second;
    /// 0 checks no file so. Rows are checked whenever they are read, whatever this says.
    /// </summary>
    public long CheckWholeFileUpTo { get; set; } = 64 * 1024 * 1024;
}

/// <summary>What a commit waits for.</summary>
public enum SqliteSynchronous
{
    /// <summary>A commit is on the disk when it returns: nothing committed is lost, also when the machine loses power.</summary>
    Full = 0,

    /// <summary>
    /// A commit is with the operating system when it returns. It survives the death of the process; when the machine loses power or crashes,
    /// the last commits may be gone and their step bodies run again. The file stays sound.
    /// </summary>
    Normal = 1,
}
