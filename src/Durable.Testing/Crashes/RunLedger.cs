using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>What truly happened to one run, as its store and its bodies saw it over all hosts; and what of it must never have happened.</summary>
/// <param name="runId">The run.</param>
/// <param name="call">How a client starts it; null for a run that another one starts.</param>
internal sealed class RunLedger(string runId, WorkflowCall? call)
{
    private readonly Dictionary<string, long> _stored = [];
    private readonly HashSet<string> _inFlight = [];
    private readonly Dictionary<string, (int Attempt, bool HasRun)> _begun = [];
    private readonly Dictionary<string, (Guid Token, long Fingerprint)> _first = [];
    private long _lastSequence;
    private int _holder;

    public string RunId => runId;

    public WorkflowCall? Call => call;

    /// <summary>True once a client knows that the run was started.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>How the run ended; null while it has not.</summary>
    public RunStatus? End { get; private set; }

    public int Resumes { get; private set; }

    /// <summary>How often each step's body ran.</summary>
    public Dictionary<string, int> Bodies { get; } = [];

    /// <summary>A body is about to start. Says what is wrong with that, or null.</summary>
    public string? BodyStarts(StepContext step, long fingerprint)
    {
        var id = step.StepId;
        Bodies[id] = Bodies.GetValueOrDefault(id) + 1;
        if (_stored.TryGetValue(id, out var sequence))
            return $"the body of {id} ran again although its outcome was stored (sequence {sequence}). A body never runs after its commit.";
        if (_begun.TryGetValue(id, out var begun) && begun.Attempt == step.Attempt)
        {
            if (begun.HasRun)
                return $"the body of {id} ran twice in attempt {step.Attempt}, which runs at most once.";
            _begun[id] = (step.Attempt, true);
        }

        // Every call of a sequential workflow waits for the one before, and gets its outcome only once that is stored.
        if (call is { Definition.IsSequential: true } && _inFlight.Count > 0)
            return $"the body of {id} ran before the outcome of {string.Join(", ", _inFlight)} was stored. What the code goes on with must be stored first.";
        if (!_inFlight.Add(id))
            return $"the body of {id} ran twice in one incarnation.";
        if (!_first.TryGetValue(id, out var first))
            _first.Add(id, (step.IdempotencyToken, fingerprint));
        else if (first.Token != step.IdempotencyToken)
            return $"the idempotency token of {id} was {first.Token} and is {step.IdempotencyToken}. It is the same for every execution of a step.";
        else if (first.Fingerprint != fingerprint)
            return $"the body of {id} ran again with other arguments than before the crash: the code between the steps is not deterministic. Take time, random values and outside data from the workflow's context or from a step.";
        return null;
    }

    /// <summary>A host has claimed the run: what was in flight is lost. Says what is wrong with that, or null.</summary>
    public string? Claimed(int host)
    {
        var problem = _holder == host ? $"the host claimed it again although it held it already (in flight: {(_inFlight.Count == 0 ? "nothing" : string.Join(", ", _inFlight))})." : null;
        _holder = host;
        _inFlight.Clear();
        return problem;
    }

    /// <summary>A commit has taken effect. Says what is wrong with it, or null.</summary>
    public string? Committed(RunCommit commit)
    {
        string? problem = null;
        Clear(commit.Cleared);
        foreach (var record in commit.Checkpoints)
        {
            if (record.Sequence != ++_lastSequence)
                problem ??= $"sequence {record.Sequence} follows sequence {_lastSequence - 1}. A run's checkpoints have no gaps.";
            // One that is begun again is the same attempt still.
            if (record.Kind == CheckpointKind.StepStarted && _begun.GetValueOrDefault(record.StepId).Attempt != record.Attempt)
                _begun[record.StepId] = (record.Attempt, false);
            if (record.Kind is not (CheckpointKind.Step or CheckpointKind.StepAttempt))
                continue;
            // An outcome that is carried over comes with the clearing of its old place instead of a body; an interruption is found, not executed, and what is canceled may not have begun.
            if (!_inFlight.Remove(record.StepId) && commit.Cleared.Count == 0 && record.Status is not (CheckpointStatus.Interrupted or CheckpointStatus.Canceled))
                problem ??= $"an outcome of {record.StepId} was stored although its body did not run.";
            if (record.Kind == CheckpointKind.Step && !_stored.TryAdd(record.StepId, record.Sequence))
                problem ??= $"{record.StepId} was stored twice.";
        }

        if (commit.Transition is { IsNextAttempt: true } again)
            Clear(again.FailingSet);
        if (commit.Transition is { Status: RunStatus.Pending or RunStatus.Suspended })
            _holder = 0;
        else if (commit.Transition is { } end)
            End = end.Status;
        return problem;
    }

    /// <summary>The run was resumed, perhaps in other code: its checkpoints as they stand now.</summary>
    public void Resumed(IReadOnlyList<CheckpointRecord> checkpoints)
    {
        Resumes++;
        _holder = 0;
        Load(checkpoints);
        _first.Clear();
    }

    /// <summary>Begins anew with what is stored.</summary>
    public void Load(IReadOnlyList<CheckpointRecord> checkpoints)
    {
        End = null;
        _stored.Clear();
        foreach (var record in checkpoints)
        {
            if (record.Status != CheckpointStatus.Cleared && record.Kind == CheckpointKind.Step)
                _stored[record.StepId] = record.Sequence;
            _lastSequence = record.Sequence;
        }
    }

    private void Clear(IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            foreach (var (id, stored) in _stored)
            {
                if (stored == sequence)
                    _stored.Remove(id);
            }
        }
    }
}
