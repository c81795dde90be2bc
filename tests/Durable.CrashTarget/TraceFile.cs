namespace Durable.CrashTarget;

/// <summary>What all processes of a test have done, line by line, in one file.</summary>
public sealed class TraceFile(string path)
{
    private readonly Lock _gate = new();

    /// <summary>Adds lines that stand together.</summary>
    public void Add(IEnumerable<string> lines)
    {
        lock (_gate)
            File.AppendAllLines(path, lines);
    }

    /// <summary>How many lines of a kind there are, of all processes.</summary>
    public int Count(string word)
    {
        lock (_gate)
            return File.Exists(path) ? File.ReadLines(path).Count(line => line.StartsWith(word + " ", StringComparison.Ordinal)) : 0;
    }
}
