namespace Durable.TestKit.Programs;

/// <summary>Everything that the code of one incarnation saw, in the order in which it saw it.</summary>
/// <param name="heard">Told each line as it is added; null for nobody.</param>
public sealed class ProgramTrace(Action<string>? heard = null)
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>The code starts from the beginning.</summary>
    public void Restart()
    {
        lock (_gate)
            _lines.Clear();
    }

    public void Add(string line)
    {
        lock (_gate)
            _lines.Add(line);
        heard?.Invoke(line);
    }

    public void Delivered(string label, ProgramOutcome outcome)
        => Add($"{label}: {outcome.StepId} by execution {outcome.Execution}{(outcome.Label == label ? "" : $", WHICH IS THE RESULT OF {outcome.Label}")}");
}
