namespace Durable.Storage.Contract.Faults;

/// <summary>The world outside of Durable: sees each execution of a body and each commit that took effect, whatever the hosts are told.</summary>
/// <param name="clock">The clock by which bodies take time.</param>
internal sealed class Witness(TimeProvider clock)
{
    /// <summary>The letter whose body takes longer than two thirds of a lease: without renewals its run would be given up.</summary>
    public const string Long = "c";

    /// <summary>How long that body takes.</summary>
    public static readonly TimeSpan LongTakes = TimeSpan.FromSeconds(35);

    private readonly Dictionary<(string RunId, long Sequence), string> _stored = [];
    private readonly Dictionary<string, IReadOnlyList<long>> _failingSets = [];
    private readonly Dictionary<string, long> _epochs = [];
    private readonly Dictionary<string, int> _executions = [];
    private readonly List<string> _transcript = [];

    /// <summary>True once the step that fails no longer does.</summary>
    public bool IsMended { get; set; }

    /// <summary>True once the code was edited.</summary>
    public bool IsEdited { get; set; }

    /// <summary>What holds up the body of a letter; null for nothing.</summary>
    public Func<string, Task?>? Gate { get; set; }

    /// <summary>How often the body of each step was executed.</summary>
    public IReadOnlyDictionary<string, int> Executions => _executions;

    /// <summary>What was seen that must not be, whatever goes wrong.</summary>
    public List<string> Wrongs { get; } = [];

    /// <summary>The ends of runs that were stored, as "run status".</summary>
    public List<string> Ends { get; } = [];

    /// <summary>Everything that was seen, in order.</summary>
    public string Transcript => string.Join(Environment.NewLine, _transcript);

    /// <summary>A body of a step does its work.</summary>
    public async Task WorkAsync(StepContext step, string letter)
    {
        _executions[step.StepId] = _executions.GetValueOrDefault(step.StepId) + 1;
        if (_stored.Any(stored => stored.Key.RunId == step.RunId && stored.Value == step.StepId))
            Wrongs.Add($"The body of {step.StepId} was executed after its commit.");
        Note($"body of {step.StepId}");
        // The token is not looked at: work that cannot be interrupted is the harder case.
        if (Gate?.Invoke(letter) is { } gate)
            await gate;
        else if (letter == Long)
            await Task.Delay(LongTakes, clock);
    }

    /// <summary>A claim took effect.</summary>
    public void Claimed(RunRecord run)
    {
        if (run.Epoch <= _epochs.GetValueOrDefault(run.RunId))
            Wrongs.Add($"Epoch {run.Epoch} was given out twice.");
        _epochs[run.RunId] = run.Epoch;
        Note($"claim of epoch {run.Epoch} by {run.Worker}");
    }

    /// <summary>A commit took effect.</summary>
    public void Committed(RunCommit commit)
    {
        if (commit.Epoch != _epochs.GetValueOrDefault(commit.RunId))
            Wrongs.Add($"A commit of epoch {commit.Epoch} was accepted while epoch {_epochs.GetValueOrDefault(commit.RunId)} held the run.");
        Forget(commit.RunId, commit.Cleared);
        foreach (var checkpoint in commit.Checkpoints)
            _stored[(commit.RunId, checkpoint.Sequence)] = checkpoint.StepId;
        if (commit.Transition is { Status: not RunStatus.Pending } end)
            Ended(commit.RunId, end.Status, end.FailingSet);
        Note($"commit of epoch {commit.Epoch}: {string.Join(", ", commit.Checkpoints.Select(checkpoint => checkpoint.StepId))} {commit.Transition?.Status}");
    }

    /// <summary>A run has ended.</summary>
    public void Ended(string runId, RunStatus status, IReadOnlyList<long> failingSet)
    {
        Ends.Add($"{runId} {status}");
        _failingSets[runId] = failingSet;
    }

    /// <summary>A run that had ended goes on: its failing set is cleared.</summary>
    public void Resumed(string runId)
    {
        Forget(runId, _failingSets[runId]);
        Note($"{runId} resumed");
    }

    /// <summary>An operator decided, and the run goes on.</summary>
    public void Decided(StepDecision decision)
    {
        Forget(decision.RunId, decision.Cleared);
        if (decision.Outcome is { } outcome)
            _stored[(decision.RunId, outcome.Sequence)] = outcome.StepId;
        Note($"{decision.RunId} decided on: {decision.Outcome?.StepId} {decision.Outcome?.Status}");
    }

    /// <summary>What has ended is removed with all its checkpoints. Its epochs are not forgotten: those of a new run by its name lie above them.</summary>
    public void Purged()
    {
        _stored.Clear();
        Note("purged");
    }

    /// <summary>Adds a line to the transcript.</summary>
    public void Note(string line) => _transcript.Add($"{clock.GetUtcNow():HH:mm:ss.f} {line}");

    private void Forget(string runId, IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
            _stored.Remove((runId, sequence));
    }
}
