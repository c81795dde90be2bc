namespace Durable.Crash.Tests;

/// <summary>One execution of a step's body, as its line in the trace file tells it.</summary>
internal sealed record Execution(int Process, string Run, string Step, Guid Token, Guid Proof)
{
    public static Execution Parse(string line)
    {
        var parts = line.Split(' ');
        return new Execution(int.Parse(parts[0]), parts[1], parts[2], Guid.Parse(parts[3]), Guid.Parse(parts[4]));
    }
}
