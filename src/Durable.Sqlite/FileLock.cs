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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The lock file '{path}' cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Leaves a note for those who find the lock taken.</summary>
    public void Write(string note)
    {
        _file.SetLength(0);
        _file.Write(System.Text.Encoding.UTF8.GetBytes(note));
    }

    /// <summary>The note of the holder, or "unknown" where the system does not let others read a locked file.</summary>
    public static string ReadNote(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } note ? note : "unknown";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }

    public void Dispose() => _file.Dispose();

    // EAGAIN on Linux (11) and on macOS (35); ERROR_SHARING_VIOLATION on Windows.
    private static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
