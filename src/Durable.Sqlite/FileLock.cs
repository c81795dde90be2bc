namespace Durable.Sqlite;

/// <summary>A lock that one holder has at a time, in this and every other process. The operating system releases it when its process dies.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null when someone has it.</summary>
    /// <exception cref="StoreException">The lock file cannot be made or opened.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            // No buffer: nothing but a process id is ever written.
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            return null;
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new StoreException($"The directory of '{path}' does not exist. Create it, or name a file in another one.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The lock file '{path}' cannot be opened: {exception.Message} Give this process write access to the directory: SQLite's log and the lock files stand beside the file.", exception);
        }
    }

    /// <summary>Leaves a note in the lock file, for people who look who holds it.</summary>
    public void Write(string note)
    {
        try
        {
            _file.SetLength(0);
            _file.Write(System.Text.Encoding.UTF8.GetBytes(note));
        }
        catch (IOException)
        {
            // A full disk has no room for the note. The lock is held all the same, and runs can at least be read.
        }
    }

    public void Dispose() => _file.Dispose();

    // EAGAIN on Linux (11) and on macOS (35); ERROR_SHARING_VIOLATION on Windows.
    private static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
