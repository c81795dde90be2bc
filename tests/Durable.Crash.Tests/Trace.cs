namespace Durable.Crash.Tests;

/// <summary>What all processes over one store did, in order; reading it checks what must never happen.</summary>
internal sealed class Trace
{
    private readonly HashSet<(string Run, string Step)> _committed = [];

    private Trace() { }

    /// <summary>The executed bodies.</summary>
    public List<Execution> Bodies { get; } = [];

    /// <summary>The failed attempts that were committed and that others followed.</summary>
    public List<(string Run, string Step, int Number)> Attempts { get; } = [];

    /// <summary>The runs that were given back, with the process that did.</summary>
    public List<(int Process, string Run)> Releases { get; } = [];

    /// <summary>How many commits there were: of outcomes, or of the end of a run.</summary>
    public int Commits { get; private set; }

    /// <summary>How many outcomes of steps, and of attempts, were committed.</summary>
    public int Outcomes { get; private set; }

    /// <summary>
    /// The proofs of the last execution of each step. Since no body runs after its commit, these are what was committed, also where a process was killed between a commit and its line in the trace.
    /// </summary>
    public IReadOnlySet<Guid> LastProofs => Bodies.GroupBy(body => (body.Run, body.Step)).Select(executions => executions.Last().Proof).ToHashSet();

    /// <summary>Reads the trace of all processes so far.</summary>
    public static Trace Read(string path)
    {
        var trace = new Trace();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            trace.Add(line.Split(' '));
        return trace;
    }

    private void Add(string[] line)
    {
        var (process, at) = (int.Parse(line[1]), (Run: line[2], Step: line.ElementAtOrDefault(3) ?? ""));
        switch (line[0])
        {
            case "body":
                var body = new Execution(process, at.Run, at.Step, Guid.Parse(line[4]), Guid.Parse(line[5]));
                Assert.False(_committed.Contains(at), $"The body of {at} ran again after its commit.");
                Assert.All(Bodies.Where(earlier => (earlier.Run, earlier.Step) == at), earlier => Assert.Equal(earlier.Token, body.Token));
                Bodies.Add(body);
                break;
            case "commit":
                Commits++;
                break;
            case "outcome":
                Outcomes++;
                Assert.Contains(Bodies, executed => (executed.Run, executed.Step) == at && executed.Process == process);
                Assert.True(_committed.Add(at), $"{at} was committed twice.");
                break;
            case "attempt":
                Outcomes++;
                var attempt = (at.Run, at.Step, int.Parse(line[4]));
                Assert.DoesNotContain(attempt, Attempts);
                Attempts.Add(attempt);
                break;
            case "release":
                Releases.Add((process, at.Run));
                break;
            case "clear":
                _committed.Remove(at);
                break;
        }
    }
}
