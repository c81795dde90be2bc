namespace Durable.Testing.History;

/// <summary>
/// The ledger of one process: it is appended to, line by line, each handed to the operating system before the call returns. A process that is killed loses the line under way and no other.
/// </summary>
/// <remarks>
/// Lines are stamped with the machine's monotonic clock, which all its processes share: <see cref="TimeProvider.GetTimestamp"/> of the system's provider, that is CLOCK_MONOTONIC on Linux
/// and the performance counter on Windows. Ledgers of several machines cannot be checked together. It is the real clock also where a test moves time by hand: what is ordered is what happened.
/// Safe for concurrent use.
/// </remarks>
public sealed class HistoryWriter : IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Lock _gate = new();
    private readonly Stream? _stream;
    private readonly Action<HistoryLine> _write;
    private readonly TimeProvider _time = TimeProvider.System;
    private long _number;
    private long _last;

    /// <summary>Writes to a stream.</summary>
    /// <param name="process">Who writes; no two writers of one history share a name.</param>
    /// <param name="stream">Takes one write a line, and passes it on at once; disposed with the writer.</param>
    public HistoryWriter(string process, Stream stream)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(process);
        ArgumentNullException.ThrowIfNull(stream);
        Process = process;
        _stream = stream;
        _write = line => stream.Write(HistoryFormat.Write(line));
    }

    /// <summary>Keeps the lines of a host that shares this process, and its fate, with who reads them.</summary>
    /// <param name="process">Who writes.</param>
    /// <param name="write">Takes each line.</param>
    /// <param name="time">Whose timestamps order the lines of all hosts.</param>
    internal HistoryWriter(string process, Action<HistoryLine> write, TimeProvider time)
    {
        Process = process;
        _write = write;
        _time = time;
    }

    /// <summary>Who writes.</summary>
    public string Process { get; }

    /// <summary>Writes to a file of its own in a folder, which <see cref="RecordedHistory.ReadFolder"/> reads.</summary>
    /// <param name="folder">The folder; it has to be there.</param>
    /// <param name="process">Who writes, and the name of the file. A process that is started again takes a new name.</param>
    /// <exception cref="IOException">The name is taken.</exception>
    public static HistoryWriter Create(string folder, string process) => new(process, OpenFile(folder, process));

    /// <summary>The file that <see cref="Create"/> writes to, for a test that puts a stream of its own around it.</summary>
    /// <param name="folder">The folder; it has to be there.</param>
    /// <param name="process">Who writes.</param>
    /// <exception cref="IOException">The name is taken.</exception>
    public static Stream OpenFile(string folder, string process)
        => new FileStream(Path.Combine(folder, process + RecordedHistory.Extension), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>The current time as lines tell it.</summary>
    public long Now
    {
        get
        {
            lock (_gate)
                return Stamp();
        }
    }

    /// <summary>Adds a line. Process, number and time are filled in.</summary>
    /// <param name="line">What happened.</param>
    /// <returns>The line's number, for the line that answers it.</returns>
    public long Add(HistoryLine line)
    {
        lock (_gate)
        {
            _write(line with { Process = Process, Number = ++_number, At = Stamp() });
            return _number;
        }
    }

    /// <summary>A body tells what it is about to return.</summary>
    /// <param name="step">The body's step.</param>
    /// <param name="result">The result in words that tell executions apart, for instance by a random number in it.</param>
    public void ResultReturned(StepContext step, string result)
        => Add(new HistoryLine { Event = HistoryEvent.ResultReturned, RunId = step.RunId, StepId = step.StepId, Epoch = step.Epoch, Result = result });

    /// <summary>Somebody tells which result of a step he was given: what workflow code made of it is not seen otherwise.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stepId">The step whose result it is.</param>
    /// <param name="result">The result, in the words of the body that returned it.</param>
    public void ResultSeen(string runId, string stepId, string result)
        => Add(new HistoryLine { Event = HistoryEvent.ResultSeen, RunId = runId, StepId = stepId, Result = result });

    /// <summary>The driver of the test tells that a process is dead. A process that ends with bodies under way is dead as well.</summary>
    /// <param name="process">The name under which the process writes.</param>
    public void ProcessKilled(string process) => Add(new HistoryLine { Event = HistoryEvent.ProcessKilled, Victim = process });

    /// <summary>The driver of the test tells that faults are over. What follows has to bring every run to its end.</summary>
    public void Healed() => Add(new HistoryLine { Event = HistoryEvent.Healed });

    /// <summary>Closes the ledger.</summary>
    public void Dispose()
    {
        lock (_gate)
            _stream?.Dispose();
    }

    // Two lines of one process are never at one time: their order is known.
    private long Stamp()
    {
        var now = (long)((Int128)_time.GetTimestamp() * NanosecondsPerSecond / _time.TimestampFrequency);
        return _last = Math.Max(now, _last + 1);
    }
}
