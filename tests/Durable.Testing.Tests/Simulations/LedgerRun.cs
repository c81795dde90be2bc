using Durable.Storage;

namespace Durable.Testing.Tests.Simulations;

/// <summary>What a run must look like to everybody, by what the store has acknowledged or taken.</summary>
/// <param name="record">The run as created.</param>
internal sealed class LedgerRun(RunRecord record)
{
    private readonly List<CheckpointRecord> _checkpoints = [];
    private readonly Dictionary<string, int> _live = [];

    /// <summary>The run as it must read.</summary>
    public RunRecord Record { get; private set; } = record;

    /// <summary>Until when nobody else may claim it.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>The failing set of its last outcome.</summary>
    public IReadOnlyList<long> FailingSet { get; private set; } = [];

    public IReadOnlyList<CheckpointRecord> Checkpoints => _checkpoints;

    public bool IsHeldBy(long epoch) => Record.Status == RunStatus.Running && Record.Epoch == epoch;

    /// <summary>True when the outcome of a step is stored.</summary>
    public bool HasOutcomeOf(string stepId) => _live.ContainsKey(stepId);

    public void Claimed(RunRecord claimed, DateTimeOffset until)
    {
        Record = Record with { Status = RunStatus.Running, Epoch = claimed.Epoch, Worker = claimed.Worker };
        LeaseUntil = until;
    }

    /// <summary>Takes a commit; what is wrong with it, or null.</summary>
    public string? Commit(RunCommit commit, DateTimeOffset now)
    {
        foreach (var checkpoint in commit.Checkpoints)
        {
            if (checkpoint.Sequence != Record.LastSequence + 1)
                return $"sequence {checkpoint.Sequence} follows {Record.LastSequence}";
            // An outcome that is carried over to another place in the order keeps the epoch that executed it.
            var isCarriedOver = Record.AcceptDivergence && _live.ContainsKey(checkpoint.StepId);
            if ((checkpoint.Epoch != commit.Epoch && !isCarriedOver) || checkpoint.Attempt != 1)
                return $"{checkpoint.StepId} is stored with epoch {checkpoint.Epoch} and attempt {checkpoint.Attempt} by epoch {commit.Epoch}";
            _checkpoints.Add(checkpoint);
            Record = Record with { LastSequence = checkpoint.Sequence };
            _live[checkpoint.StepId] = _live.GetValueOrDefault(checkpoint.StepId) + 1;
        }

        Clear(commit.Cleared);
        if (_live.FirstOrDefault(step => step.Value > 1).Key is { } twice)
            return $"{twice} has two outcomes";
        if (commit.Transition is { } transition)
            LetGo(transition, now);
        return null;
    }

    public void Resumed(bool acceptDivergence)
    {
        Clear(FailingSet);
        FailingSet = [];
        Record = Record with { Status = RunStatus.Pending, Attempt = Record.Attempt + 1, AcceptDivergence = acceptDivergence, Error = default, EndedAt = null };
    }

    private void LetGo(RunTransition transition, DateTimeOffset now)
    {
        if (transition.Status == RunStatus.Pending)
        {
            Record = Record with { Status = RunStatus.Pending };
            return;
        }

        FailingSet = transition.FailingSet;
        Record = Record with { Status = transition.Status, Result = transition.Result, Error = transition.Error, EndedAt = now, AcceptDivergence = false };
    }

    private void Clear(IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            var index = _checkpoints.FindIndex(checkpoint => checkpoint.Sequence == sequence);
            if (index < 0 || _checkpoints[index].Status == CheckpointStatus.Cleared)
                continue;
            var stepId = _checkpoints[index].StepId;
            _checkpoints[index] = _checkpoints[index] with { Status = CheckpointStatus.Cleared };
            if (--_live[stepId] == 0)
                _live.Remove(stepId);
        }
    }
}
