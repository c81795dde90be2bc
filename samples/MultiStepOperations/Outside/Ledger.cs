using System.Text.Json;

namespace MultiStepOperations;

/// <summary>
/// Every call that reached the outside world, one JSON object a line, never tidied up. It is not part of the store:
/// it is how you check from outside what really happened.
/// </summary>
public sealed class Ledger(string path)
{
    private readonly Lock _gate = new();

    public void Append(LedgerLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Default.LedgerLine), (byte)'\n'];
        lock (_gate)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(bytes); // Unbuffered, so one write a line: a kill leaves whole lines only.
            file.Flush(flushToDisk: true);
        }
    }

    public IReadOnlyList<LedgerLine> Read(string username)
    {
        lock (_gate)
        {
            return File.Exists(path)
                ? [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerLine)!).Where(line => line.Username == username)]
                : [];
        }
    }
}
