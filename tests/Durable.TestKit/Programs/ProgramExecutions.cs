namespace Durable.TestKit.Programs;

/// <summary>Every execution of a body of one run, in whichever process. No two executions return the same, so that a result which is not the recorded one is seen.</summary>
public sealed class ProgramExecutions
{
    private readonly Lock _gate = new();
    private readonly List<ProgramOutcome> _executions = [];

    /// <summary>How many bodies have started.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _executions.Count;
        }
    }

    /// <summary>A body starts: what it returns.</summary>
    public ProgramOutcome Begin(string stepId, string label)
    {
        lock (_gate)
        {
            var outcome = new ProgramOutcome(label, stepId, _executions.Count + 1);
            _executions.Add(outcome);
            return outcome;
        }
    }

    /// <summary>What an execution returned, by its number; that of no execution for a number that there is not.</summary>
    public ProgramOutcome Of(int execution)
    {
        lock (_gate)
            return execution > 0 && execution <= _executions.Count ? _executions[execution - 1] : new ProgramOutcome("nobody", "", execution);
    }

    /// <summary>How often a body has started.</summary>
    public int CountOf(string stepId)
    {
        lock (_gate)
            return _executions.Count(execution => execution.StepId == stepId);
    }

    /// <summary>Where in the program a step is called.</summary>
    public string LabelOf(string stepId)
    {
        lock (_gate)
            return _executions.Last(execution => execution.StepId == stepId).Label;
    }
}

/// <summary>What a step of a random program returns.</summary>
/// <param name="Label">Where in the program it was called.</param>
/// <param name="StepId">Its step id.</param>
/// <param name="Execution">Which execution it was, counted from 1 over all bodies of the run.</param>
public sealed record ProgramOutcome(string Label, string StepId, int Execution);
