using System.Text.Json;

namespace Durable.Testing.History;

/// <summary>What the processes of one test have written, put together.</summary>
public sealed class RecordedHistory
{
    /// <summary>What the name of a ledger ends with: <c>.history</c>.</summary>
    public const string Extension = ".history";

    private RecordedHistory(IReadOnlyList<HistoryLine> lines) => Lines = lines;

    /// <summary>All lines, in the order of their times.</summary>
    public IReadOnlyList<HistoryLine> Lines { get; }

    /// <summary>Reads every ledger of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="HistoryFormatException">A line is not what a process writes, or one is missing; the last line of a process that was killed may be torn.</exception>
    public static RecordedHistory ReadFolder(string folder)
        => Read(Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllBytes(file))));

    /// <summary>Reads ledgers.</summary>
    /// <param name="ledgers">The name of each, for messages, and what was written to it.</param>
    /// <exception cref="HistoryFormatException">A line is not what a process writes, or one is missing; the last line of a process that was killed may be torn.</exception>
    public static RecordedHistory Read(IEnumerable<(string Name, byte[] Written)> ledgers)
    {
        var lines = new List<HistoryLine>();
        var torn = new List<(string Name, string? Process)>();
        foreach (var (name, written) in ledgers)
        {
            var count = lines.Count;
            if (ReadLedger(name, written, lines))
                torn.Add((name, lines.Count > count ? lines[^1].Process : null));
        }

        var history = Of(lines);
        var killed = lines.Where(line => line.Event == HistoryEvent.ProcessKilled).Select(line => line.Victim).ToHashSet();
        foreach (var (name, process) in torn)
        {
            if (!killed.Contains(process ?? Path.GetFileNameWithoutExtension(name)))
                throw new HistoryFormatException($"The last line of {name} is torn, and nobody killed its process.");
        }

        return history;
    }

    /// <summary>Puts lines together that were made otherwise.</summary>
    /// <param name="lines">The lines.</param>
    /// <exception cref="HistoryFormatException">The lines of a process are not numbered from 1 without gaps, or their times go back.</exception>
    public static RecordedHistory Of(IEnumerable<HistoryLine> lines)
    {
        var history = new RecordedHistory([.. lines.OrderBy(line => line.At).ThenBy(line => line.Process, StringComparer.Ordinal).ThenBy(line => line.Number)]);
        foreach (var process in history.Lines.GroupBy(line => line.Process, StringComparer.Ordinal))
        {
            var expected = 0L;
            foreach (var line in process)
            {
                if (line.Number != ++expected)
                    throw new HistoryFormatException($"Line {line.Number} of process '{process.Key}' stands where line {expected} should.");
            }
        }

        return history;
    }

    // True when the last line is torn.
    private static bool ReadLedger(string name, ReadOnlySpan<byte> rest, List<HistoryLine> lines)
    {
        for (var number = 1; !rest.IsEmpty; number++)
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
                return true;
            try
            {
                lines.Add(HistoryFormat.Read(rest[..end]));
            }
            catch (JsonException exception)
            {
                throw new HistoryFormatException($"Line {number} of {name} is not what a process writes: {exception.Message}", exception);
            }

            rest = rest[(end + 1)..];
        }

        return false;
    }
}
